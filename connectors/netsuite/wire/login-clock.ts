import { outsideInstant } from '../../../model/outside-number.ts';
import type { HttpAnswer } from '../../http/http-call.ts';

/** differences below this are the way of the answer, not the clock */
const toleranceMs = 30_000;

/**
 * The time that signatures and assertions carry; NetSuite accepts it for some minutes only. It is this machine's. When a login is refused and
 * NetSuite's own time (`Date` header) is another, that one is tried, and the other way round: so a machine whose clock is off signs in all the same.
 */
export class LoginClock {
  private readonly machine: () => number;
  private serverOffsetMs = 0;
  private usedOffsetMs = 0;
  private readonly signed = new WeakMap<object, number>();

  constructor(machine: () => number) {
    this.machine = machine;
  }

  /** The time to sign a request with; remembered, since requests in flight may have been signed with the other time. */
  timeFor(request: object): number {
    this.signed.set(request, this.usedOffsetMs);
    return this.machine() + this.usedOffsetMs;
  }

  observe(answer: HttpAnswer): void {
    const server = outsideInstant(answer.headers['date']);
    if (server !== undefined) this.serverOffsetMs = server - this.machine();
  }

  /** NetSuite's own time, as far as it has told it. */
  server(): number {
    return this.machine() + this.serverOffsetMs;
  }

  /** Answers whether signing the refused request anew makes sense, because it will carry another time. */
  refused(request: object): boolean {
    const offset = this.signed.get(request);
    if (offset === undefined) return false;
    if (far(offset, this.usedOffsetMs)) return true;
    const other = far(this.usedOffsetMs, 0) ? 0 : this.serverOffsetMs;
    if (!far(other, offset)) return false;
    this.usedOffsetMs = other;
    return true;
  }
}

const far = (one: number, other: number) => Math.abs(one - other) > toleranceMs;
