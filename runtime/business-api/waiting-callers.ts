import type { Engine } from '../../engine/engine.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Outcome } from './kept-answer.ts';
import { outcomeOf } from './kept-answer.ts';

type Tell = (outcome: Outcome) => void;

/** Who waits for the answer of a run, by the call that it was begun by. They outlive a deploy: the run does, too. */
export class WaitingCallers {
  private readonly engine: Engine;
  private readonly waiting = new Map<string, Set<Tell>>();

  constructor(engine: Engine) {
    this.engine = engine;
    engine.on('ended', (run, status) => {
      if (status !== 'ready' && this.waiting.has(callOf(run))) void this.look(run).catch(() => undefined); // who waits is told so when the time is over
    });
  }

  /** Resolves with what has become of the call; after so long, that it goes on. To be asked before the run is stored. */
  wait(call: string, ms: number): { outcome: Promise<Outcome>; leave(): void } {
    let leave = (): void => undefined;
    const outcome = new Promise<Outcome>((resolve) => {
      const cancel = this.engine.clock.after(ms, () => tell('open'));
      const tell: Tell = (told) => {
        cancel();
        const others = this.waiting.get(call);
        others?.delete(tell);
        if (others?.size === 0) this.waiting.delete(call);
        resolve(told);
      };
      leave = () => tell('open');
      const others = this.waiting.get(call);
      if (others) others.add(tell);
      else this.waiting.set(call, new Set([tell]));
    });
    return { outcome, leave };
  }

  tell(run: Pick<Run, 'entry' | 'event'>, outcome: Outcome): void {
    for (const tell of [...(this.waiting.get(callOf(run)) ?? [])]) tell(outcome);
  }

  /** A run that waits to be tried again may answer in a moment; one that waits for a person, or for a day, does not. */
  private async look({ id }: Run): Promise<void> {
    const { store } = this.engine;
    const [run, effects] = await Promise.all([store.run(id), store.effects(id)]);
    if (!run) return;
    const outcome = outcomeOf(run, effects);
    if (outcome !== 'open' || run.waitingFor) this.tell(run, outcome);
  }
}

/** One call of an API, as its run is known in the store. */
export const callOf = ({ entry, event }: Pick<Run, 'entry' | 'event'>): string => `${entry} ${event.id}`;
