import type { HttpAnswer } from '../http/client.ts';

/** differences below this are the way of the answer, not the clock */
const toleranceMs = 30_000;

/**
 * NetSuite's time, by the `Date` header of its answers. Signatures and assertions carry a time that NetSuite accepts for some minutes only, so a
 * machine whose clock is off can sign in all the same.
 */
export class ServerClock {
  private offsetMs = 0;

  now = (): number => Date.now() + this.offsetMs;

  /** Answers whether the clock was set, so that what was signed before was signed with a wrong time. */
  observe(answer: HttpAnswer): boolean {
    const server = Date.parse(answer.headers['date'] ?? '');
    if (Number.isNaN(server) || Math.abs(server - this.now()) < toleranceMs) return false;
    this.offsetMs = server - Date.now();
    return true;
  }
}
