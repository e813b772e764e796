import type { FailureDetails } from '../../model/failure.ts';
import type { HttpRequest } from '../http/client.ts';

/** refusals in a row that may still be overload, once the credentials are known to work */
const patience = 3;

/**
 * What a 401 means. NetSuite answers `INVALID_LOGIN_ATTEMPT` for wrong credentials and, after about a minute, for too many requests in
 * flight too (netsuite-api-client#26), so credentials are not given up after one refusal.
 */
export class LoginRefusals {
  private readonly seen = new WeakSet<HttpRequest>();
  private worked = false;
  private inARow = 0;
  private readonly renewable: (request: HttpRequest) => boolean;
  private readonly atLimit: () => boolean;

  /** `renewable`: signing in anew may help; `atLimit`: as many requests in flight as the connection allows */
  constructor(options: { renewable: (request: HttpRequest) => boolean; atLimit: () => boolean }) {
    this.renewable = options.renewable;
    this.atLimit = options.atLimit;
  }

  answered(): void {
    this.worked = true;
    this.inARow = 0;
  }

  judge(details: FailureDetails, request: HttpRequest): FailureDetails {
    if (!this.seen.has(request) && this.renewable(request)) {
      this.seen.add(request);
      return { ...details, class: 'auth.expired' };
    }
    this.inARow++;
    const mayBeOverload = details.code === 'INVALID_LOGIN_ATTEMPT' && this.worked && this.inARow <= patience;
    const overloaded = details.code === 'INVALID_LOGIN_ATTEMPT' && this.atLimit() && this.inARow <= patience * 4;
    if (!mayBeOverload && !overloaded) return { ...details, class: 'auth.denied' };
    return {
      ...details,
      class: 'transient.throttled',
      remedy:
        'NetSuite answers this for too many requests at once as well: it is tried again. If it goes on, check the credentials of the connection.',
    };
  }
}
