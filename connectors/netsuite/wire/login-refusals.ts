import type { FailureDetails } from '../../../model/failure.ts';
import { inWords, wordsOf } from '../../../model/failure-words.ts';
import type { HttpRequest } from '../../http/http-call.ts';

/** refusals in a row that may still be overload, once the credentials are known to work */
const patience = 3;
/** Credentials that worked so short a time ago work still: with as many requests in flight as may be, a refusal is the account's limit. */
const momentMs = 60_000;

/** The names under which NetSuite hides its limit: https://github.com/julbrs/netsuite-api-client/issues/26. */
const loginCodes: ReadonlySet<string> = new Set(['INVALID_LOGIN', 'INVALID_LOGIN_ATTEMPT', 'INVALID_LOGIN_CREDENTIALS']);

/**
 * What a 401 means. NetSuite answers with the codes of wrong credentials, after about a minute, for too many requests in flight too, so
 * credentials are not given up after one refusal.
 */
export class LoginRefusals {
  private readonly seen = new WeakSet<HttpRequest>();
  private workedAt = -Infinity;
  private inARow = 0;
  private readonly renewable: (request: HttpRequest, isLasting: boolean) => boolean;
  private readonly atLimit: () => boolean;
  private readonly now: () => number;

  /**
   * `renewable`: signing in anew may help; `isLasting`: several refusals and not one call that passed between them, as a limit would let some.
   * `atLimit`: as many requests in flight as the connection allows.
   */
  constructor(options: { renewable: (request: HttpRequest, isLasting: boolean) => boolean; atLimit: () => boolean; now?: () => number }) {
    this.renewable = options.renewable;
    this.atLimit = options.atLimit;
    this.now = options.now ?? Date.now;
  }

  answered(): void {
    this.workedAt = this.now();
    this.inARow = 0;
  }

  judge(details: FailureDetails, request: HttpRequest): FailureDetails {
    if (!this.seen.has(request) && this.renewable(request, this.inARow >= patience)) {
      this.seen.add(request);
      this.inARow = 0;
      return { ...details, class: 'auth.expired' };
    }
    this.inARow++;
    const { code } = details;
    if (!loginCodes.has(code) || !this.isOverload()) return { ...details, class: 'auth.denied' };
    return { ...details, class: 'transient.throttled', ...inWords('AS_SAID.netsuite-overload', { before: wordsOf(details) }), code };
  }

  private isOverload(): boolean {
    if (this.workedAt > -Infinity && this.inARow <= patience) return true;
    if (!this.atLimit()) return false;
    const ago = this.now() - this.workedAt;
    return this.inARow <= patience * 4 || (ago >= 0 && ago < momentMs);
  }
}
