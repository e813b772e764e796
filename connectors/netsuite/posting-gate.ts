import { Failure } from '../../model/failure.ts';

/** so many answers that never came, and the system is taken to be away */
const timeoutsToShut = 3;

/**
 * Stands before the writes of a batch: once NetSuite says that it is overloaded or away, what was not sent yet is not sent.
 * A refusal of one line leaves it open.
 */
export class PostingGate {
  private shutBy: Failure | undefined;
  private timeouts = 0;
  private readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  async pass<T>(send: () => Promise<T>): Promise<T> {
    this.requireOpen();
    try {
      const sent = await send();
      this.timeouts = 0;
      return sent;
    } catch (error) {
      if (Failure.is(error)) this.note(error);
      throw error;
    }
  }

  private note(failure: Failure): void {
    if (failure.class === 'transient.timeout') this.timeouts++;
    const away =
      failure.class === 'transient.throttled' || failure.class === 'transient.unavailable' || failure.class === 'quota.exhausted';
    // a 403 concerns one record or subsidiary, a 401 all
    const lockedOut = failure.status === 401 && (failure.class === 'auth.denied' || failure.class === 'auth.expired');
    if (away || lockedOut || this.timeouts >= timeoutsToShut) this.shutBy ??= failure;
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
