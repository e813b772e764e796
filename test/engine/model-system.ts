import type { Clock } from '../../engine/clock.ts';
import { Failure } from '../../model/failure.ts';
import type { Write } from '../../model/operations.ts';
import { turn } from './watched-store.ts';

/** What becomes of one call to the system. */
export type CallFate = 'well' | 'refused' | 'locked' | 'answer lost' | 'lost on the way' | 'slow' | 'arrives late';

/** How long after a call without an answer the system may still make the record. */
const latestMs = 20_000;

/** A system that creates whatever it is asked to, so that asking twice shows; it lives on when the caller dies. */
export class ModelSystem {
  moves = 0;
  private readonly clock: Clock;
  private readonly fates: CallFate[];
  private readonly created: string[] = [];

  constructor(clock: Clock, fates: CallFate[]) {
    this.clock = clock;
    this.fates = fates;
  }

  write(key: string): Write<{ key: string }> {
    return {
      key,
      title: key,
      request: { key },
      settle: 'probe',
      settleAfterMs: latestMs + 1,
      probe: async () => {
        await this.travel();
        const found = this.has(key);
        await this.travel();
        return found ? { key } : undefined;
      },
      send: () => this.send(key),
    };
  }

  has(key: string): boolean {
    return this.created.includes(key);
  }

  createdTwice(): string[] {
    return this.created.filter((key, index) => this.created.indexOf(key) !== index);
  }

  /** Records that were created after one of a later event of the same business key. */
  outOfOrder(businessKey: (key: string) => string): string[] {
    const last = new Map<string, string>();
    const wrong: string[] = [];
    for (const key of this.created) {
      const business = businessKey(key);
      const before = last.get(business);
      if (before !== undefined && order(before) > order(key)) wrong.push(`${key} after ${before}`);
      last.set(business, key);
    }
    return wrong;
  }

  private async send(key: string): Promise<{ key: string }> {
    const fate = this.fates.shift() ?? 'well';
    await this.travel();
    if (fate === 'refused') throw new Failure({ class: 'transient.throttled', code: 'BUSY', message: 'Busy.', outcome: 'not-made' });
    if (fate === 'locked') throw new Failure({ class: 'transient.locked', code: 'ROW_LOCK', message: 'Locked.' });
    if (fate === 'lost on the way') throw noAnswer();
    if (fate === 'arrives late') {
      this.clock.after(latestMs, () => this.create(key));
      throw noAnswer();
    }
    if (fate === 'slow') await new Promise<void>((resolve) => this.clock.after(latestMs / 2, resolve));
    this.create(key);
    await this.travel();
    if (fate === 'answer lost') throw noAnswer();
    return { key };
  }

  private create(key: string): void {
    this.moves++;
    this.created.push(key);
  }

  private async travel(): Promise<void> {
    this.moves++;
    await turn();
    this.moves++;
  }
}

const noAnswer = () => new Failure({ class: 'transient.timeout', code: 'NO_ANSWER', message: 'No answer.', outcome: 'unknown' });
const order = (key: string) => Number(key.slice(1).split('/')[0]) * 100 + Number(key.split('/')[1]);
