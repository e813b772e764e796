import { Failure, type FailureClass } from '../../../model/failure.ts';

/** so many calls in a row without a proper answer, and the system is taken to be away; fewer may be the entry's own fault */
const strikesToShut = 3;

/**
 * Stands before the writes of a batch: once NetSuite says that it is overloaded or away, what was not sent yet is not sent.
 * A refusal of one line leaves it open.
 */
export class PostingGate {
  private shutBy: Failure | undefined;
  private strikes = 0;
  private readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  async pass<T>(send: () => Promise<T>): Promise<T> {
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
      const { class: failureClass, code, remedy, retryAfterMs, status } = this.shutBy;
      throw new Failure({
        class: failureClass === 'transient.timeout' ? 'transient.unavailable' : failureClass,
        code,
        message: `Not sent: NetSuite could not take an entry of the same batch. ${this.shutBy.message}`,
        system: 'netsuite',
        outcome: 'not-made',
        ...(remedy ? { remedy } : {}),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(status === undefined ? {} : { status }),
      });
    }
    if (this.signal.aborted) {
      throw new Failure({
        class: 'transient.unavailable',
        code: 'ABORTED',
        message: 'Not sent: the flow is being stopped or redeployed.',
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
