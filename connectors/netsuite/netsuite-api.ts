import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import { type HttpAnswer, HttpClient, type HttpClientOptions } from '../http/client.ts';
import { TokenCache } from '../http/token-cache.ts';
import { classifyAnswer } from './classify-answer.ts';
import { clientAssertionTokens } from './client-assertion.ts';
import type { NetSuiteSettings, TbaAuth } from './config.ts';
import { LoginClock } from './login-clock.ts';
import { LoginRefusals } from './login-refusals.ts';
import { tbaAuthorization, tbaMoment } from './tba-signature.ts';

/** Record types that the connector writes. */
export type RecordType = 'customer' | 'job' | 'projectTask' | 'billingSchedule' | 'timeBill';

/** `Warning` lets NetSuite skip a field that the account does not have; `Error` refuses the record. */
export type UnknownFields = 'Error' | 'Warning';

/** SuiteTalk REST web services: records by external id. SuiteQL is in suiteql.ts. */
export class NetSuiteApi {
  readonly http: HttpClient;

  constructor(settings: NetSuiteSettings, now: () => number) {
    const { auth } = settings;
    const clock = new LoginClock(now);
    const atLimit = () => this.http.inFlight >= this.http.width;
    const signing =
      auth.kind === 'oauth2' ? { tokens: clientAssertionTokens(settings, auth, clock) } : tokenBased(auth, settings.realm, clock);
    const logins = new LoginRefusals({
      // a token may have ended, but hardly one after the other; a signature is made anew only when its time was wrong
      renewable: (request) => (auth.kind === 'oauth2' ? !(atLimit() && signing.tokens.isRenewed) : clock.refused(request)),
      atLimit,
      now,
    });
    this.http = new HttpClient({
      system: 'netsuite',
      baseUrl: settings.baseUrl,
      concurrency: settings.concurrency,
      timeoutMs: settings.timeoutMs,
      ...signing,
      classify: (answer, request) => {
        const details = classifyAnswer(answer);
        return answer.status === 401 ? logins.judge(details, request) : details;
      },
      observe: (answer) => {
        clock.observe(answer);
        if (answer.status < 400) logins.answered();
      },
    });
  }

  /**
   * Makes or changes the record with this external id: `PUT /record/v1/{type}/eid:{externalId}`, harmless to repeat.
   * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156335203191.html
   */
  async upsert(
    type: RecordType,
    externalId: string,
    body: unknown,
    options: { signal?: AbortSignal; unknownFields?: UnknownFields } = {},
  ): Promise<string> {
    const answer = await this.http.request({
      method: 'PUT',
      url: recordPath(type, externalId),
      headers: { 'X-NetSuite-PropertyNameValidation': options.unknownFields ?? 'Error' },
      body,
      signal: options.signal,
    });
    // the answer has no body; some releases leave the Location out
    return idFromLocation(answer) ?? (await this.requireId(type, externalId, options.signal));
  }

  /** Internal id of the record with this external id, asked of the record itself; `undefined` when there is none. */
  async idOf(type: RecordType, externalId: string, signal?: AbortSignal): Promise<string | undefined> {
    const answer = await this.http.request({ method: 'GET', url: recordPath(type, externalId), accept: [404], signal });
    if (answer.status === 404) return undefined;
    const id = (answer.body as { id?: unknown } | null)?.id;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  }

  /** The record with this external id as NetSuite has it; `undefined` when there is none. */
  async read(type: RecordType, externalId: string, signal?: AbortSignal): Promise<JsonObject | undefined> {
    const answer = await this.http.request({ method: 'GET', url: recordPath(type, externalId), accept: [404], signal });
    return answer.status === 404 ? undefined : (answer.body as JsonObject);
  }

  /** Changes some fields of a record that is there. */
  async change(type: RecordType, externalId: string, body: JsonObject, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'PATCH', url: recordPath(type, externalId), body, signal });
  }

  /** Deletes the record; one that is gone already is as good. */
  async remove(type: RecordType, externalId: string, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'DELETE', url: recordPath(type, externalId), accept: [404], signal });
  }

  /** The record was taken: whatever goes wrong in asking for its id leaves the write in doubt, never not made. */
  private async requireId(type: RecordType, externalId: string, signal?: AbortSignal): Promise<string> {
    let id: string | undefined;
    try {
      id = await this.idOf(type, externalId, signal);
    } catch (error) {
      throw Failure.from(error).with({ outcome: 'unknown' });
    }
    if (id !== undefined) return id;
    throw new Failure({
      class: 'transient.timeout',
      code: 'WRITE_NOT_VISIBLE',
      message: `NetSuite took ${type} ${externalId} but does not show it yet.`,
      system: 'netsuite',
      outcome: 'unknown',
    });
  }
}

/** Every request is signed by itself; the token never ends, but the client may ask for one more signature. */
function tokenBased(auth: TbaAuth, realm: string, clock: LoginClock): { tokens: TokenCache } & Pick<HttpClientOptions, 'sign'> {
  return {
    tokens: new TokenCache(async () => ({ value: auth.tokenId })),
    sign: (request, url) => ({ Authorization: tbaAuthorization(auth, realm, request.method, url, tbaMoment(clock.timeFor(request))) }),
  };
}

function recordPath(type: RecordType, externalId: string): string {
  return `/services/rest/record/v1/${type}/eid:${encodeURIComponent(externalId)}`;
}

function idFromLocation(answer: HttpAnswer): string | undefined {
  return /\/(-?\d+)$/.exec(answer.headers['location'] ?? '')?.[1];
}
