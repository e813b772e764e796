import { type HttpInput, marksIn } from './inputs/input.ts';
import type { Answered } from './send.ts';

/** What one run says of where it came from. */
export interface Stored {
  entry: string;
  event: { id: string; subject: string };
}

/** What was acknowledged to senders, to be compared with what is stored. */
export class Ledger {
  private readonly acknowledged = new Map<number, number>();
  /** of these nobody knows, or they may come under another's id: they are compared with nothing */
  private readonly unsure = new Set<number>();
  private readonly refused = new Set<number>();

  note(n: number, input: HttpInput, answer: Answered | 'cut' | 'no answer'): void {
    if (typeof answer === 'string' || input.raw) return void this.unsure.add(n);
    if (answer.status !== 202) return void (answer.status === 200 ? this.unsure : this.refused).add(n);
    const { accepted = 0 } = JSON.parse(answer.text) as { accepted?: number };
    const said = input.expects.events?.length;
    if (said === undefined) this.unsure.add(n);
    else this.acknowledged.set(n, accepted);
  }

  /** Acknowledged and not there, or refused and there; by number of input. */
  compare(runs: readonly Stored[]): { n: number; what: string }[] {
    const stored = new Map<number, number>();
    for (const { entry, event } of runs) {
      if (!entry.startsWith('in-') && entry !== 'psc-w-in') continue;
      const [n] = marksIn(`${event.id} ${event.subject}`);
      if (n !== undefined) stored.set(n, (stored.get(n) ?? 0) + 1);
    }
    const wrong: { n: number; what: string }[] = [];
    for (const [n, count] of this.acknowledged) {
      if ((stored.get(n) ?? 0) < count) wrong.push({ n, what: 'events were acknowledged and are not stored' });
    }
    for (const n of this.refused) {
      if (!this.unsure.has(n) && stored.has(n)) wrong.push({ n, what: 'events were refused and are stored' });
    }
    return wrong;
  }
}
