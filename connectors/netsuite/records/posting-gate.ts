import { Failure, type FailureClass } from '../../../model/failure.ts';
import { inWords, wordsOf } from '../../../model/failure-words.ts';
import type { Limiter } from '../../http/limiter.ts';

/** so many calls in a row without a proper answer, and the system is taken to be away; fewer may be the entry's own fault */
const strikesToShut = 3;

/**
 * Stands before the writes of a batch: once NetSuite says that it is overloaded or away, what was not sent yet is not sent.
 * A refusal of one line leaves it open. Before it they wait for their turn, so that whoever has passed it is sent.
 */
export class PostingGate {
  private shutBy: Failure | undefined;
  private strikes = 0;
  private readonly signal: AbortSignal;
  private readonly turns: Limiter;

  constructor(signal: AbortSignal, turns: Limiter) {
    this.signal = signal;
    this.turns = turns;
  }

  pass<T>(send: () => Promise<T>): Promise<T> {
    return this.turns.run(() => this.through(send));
  }

  private async through<T>(send: () => Promise<T>): Promise<T> {
    this.requireOpen();
    try {
      const sent = await send();
      this.strikes = 0;
      return sent;
    } catch (error) {
      if (Failure.is(error)) this.note(error);
      throw error;
    }
  }

  private note(failure: Failure): void {
    // a page may stand in the way of this one entry (its words displease a proxy) or of all
    const unsure =
      failure.class === 'transient.timeout' ||
      (failure.class === 'transient.unavailable' && (failure.status === 500 || failure.code === 'ANSWER_FOREIGN'));
    this.strikes = unsure ? this.strikes + 1 : 0;
    if (this.strikes >= strikesToShut || (!unsure && concernsAll(failure))) this.shutBy ??= failure;
  }

  private requireOpen(): void {
    if (this.shutBy) {
      const { class: failureClass, code, retryAfterMs, status } = this.shutBy;
      throw new Failure({
        class: failureClass === 'transient.timeout' ? 'transient.unavailable' : failureClass,
        ...inWords('AS_SAID.netsuite-not-sent', { before: wordsOf(this.shutBy) }),
        code,
        system: 'netsuite',
        outcome: 'not-made',
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(status === undefined ? {} : { status }),
      });
    }
    if (this.signal.aborted) {
      throw new Failure({
        class: 'transient.unavailable',
        ...inWords('ABORTED.not-sent'),
        system: 'netsuite',
        outcome: 'not-made',
      });
    }
  }
}

/** Overload, absence and a lost login concern every entry; a 403 concerns one record or subsidiary. */
function concernsAll({ class: failureClass, status }: Failure): boolean {
  const away: FailureClass[] = ['transient.throttled', 'transient.unavailable', 'quota.exhausted'];
  return away.includes(failureClass) || (failureClass.startsWith('auth.') && status !== 403);
}
