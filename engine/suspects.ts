import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import type { ActiveRun } from './active-run.ts';
import type { Clock } from './clock.ts';
import type { Run } from './store/runs.ts';

/**
 * A message that makes Node-RED itself die (memory runs out, a native module crashes, a function node exits) must not take
 * the others with it at every start. All that was under way may have been the cause. What was there at two deaths in a row is
 * suspect: suspects are delivered one at a time beside the others, so that the next death clears all but one.
 */
export const suspectAfter = 2;

/** Deaths in a row after which a run is not delivered any more. */
export const guiltyAfter = 4;

export function isSuspect({ crashes }: Run): boolean {
  return crashes >= suspectAfter;
}

/** Has suspects delivered. */
export class Suspects {
  /** runs were seen that may be what makes the process die */
  private known = false;
  private cancelLook: (() => void) | undefined;
  private readonly desk: SuspectDesk;

  constructor(desk: SuspectDesk) {
    this.desk = desk;
  }

  seen(any: boolean): void {
    this.known ||= any;
  }

  /** A moment after the others, which may come through before the process dies again. */
  look(delayMs = 1_000): void {
    if (!this.known) return;
    this.cancelLook ??= this.desk.clock.after(delayMs, () => {
      this.cancelLook = undefined;
      this.take().catch((error) => this.desk.failed(error));
    });
  }

  stop(): void {
    this.cancelLook?.();
    this.cancelLook = undefined;
  }

  /** One at a time, beside the others: if the process dies again, it is known who was there. */
  private async take(): Promise<void> {
    for (const { run, held } of this.desk.active()) if (isSuspect(run) && held === 0) return; // its conclusion looks again
    for (const run of await this.desk.claim(1)) this.desk.begin(run);
  }
}

interface SuspectDesk {
  clock: Clock;
  active(): Iterable<ActiveRun>;
  claim(limit: number): Promise<Run[]>;
  begin(run: Run): void;
  failed(error: unknown): void;
}

export function crashedFailure({ crashes, event }: Run): Failure {
  return new Failure({
    class: 'internal',
    ...inWords('CRASHED', { crashes, subject: event.subject }),
    record: event.subject,
  });
}
