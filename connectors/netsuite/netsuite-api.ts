import { Failure, type FailureDetails } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import { isWrite } from '../http/call-failures.ts';
import { type HttpAnswer, HttpClient, type HttpClientOptions, type HttpRequest } from '../http/client.ts';
import { foreignAnswer } from '../http/foreign-answer.ts';
import { TokenCache } from '../http/token-cache.ts';
import { classifyAnswer } from './classify-answer.ts';
import { clientAssertionTokens } from './client-assertion.ts';
import type { NetSuiteSettings, TbaAuth } from './config.ts';
import { LoginClock } from './login-clock.ts';
import { LoginRefusals } from './login-refusals.ts';
import { isOwnNotFound, isOwnRefusal, isOwnWritten } from './own-answer.ts';
import { tbaAuthorization, tbaMoment } from './tba-signature.ts';
import { valueAtPath } from './value-at-path.ts';

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
    const logins = new LoginRefusals({
      // a token may have ended; a signature is made anew only when its time was wrong
      renewable: (request) => auth.kind === 'oauth2' || clock.refused(request),
      atLimit: () => this.http.inFlight >= this.http.width,
    });
    this.http = new HttpClient({
      system: 'netsuite',
      baseUrl: settings.baseUrl,
      concurrency: settings.concurrency,
      timeoutMs: settings.timeoutMs,
      ...(auth.kind === 'oauth2' ? { tokens: clientAssertionTokens(settings, auth, clock) } : tokenBased(auth, settings.realm, clock)),
      classify: (answer, request) => {
        if (!isOwnRefusal(answer)) return foreign(answer, request);
        const details = refusalOf(answer, request);
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
    options: { signal?: AbortSignal; unknownFields?: UnknownFields; skipped?: (words: string) => void } = {},
  ): Promise<string> {
    const answer = await this.write({
      method: 'PUT',
      url: recordPath(type, externalId),
      headers: { 'X-NetSuite-PropertyNameValidation': options.unknownFields ?? 'Error' },
      body,
      signal: options.signal,
    });
    // which fields it has skipped, in its own words
    const skipped = answer.headers['x-netsuite-propertyvalidation'];
    if (skipped) options.skipped?.(skipped);
    // the answer has no body; some releases leave the Location out
    return idFromLocation(answer) ?? (await this.requireId(type, externalId, options.signal));
  }

  /** Internal id of the record with this external id, asked of the record itself; `undefined` when there is none. */
  async idOf(type: RecordType, externalId: string, signal?: AbortSignal): Promise<string | undefined> {
    const record = await this.read(type, externalId, signal);
    return record && String(record['id']);
  }

  /** The record with this external id as NetSuite has it; `undefined` when NetSuite says that there is none. */
  async read(type: RecordType, externalId: string, signal?: AbortSignal): Promise<JsonObject | undefined> {
    const request: HttpRequest = { method: 'GET', url: recordPath(type, externalId), accept: [404], signal };
    const answer = await this.http.request(request);
    if (this.notThere(answer, request)) return undefined;
    const record = answer.body as JsonObject | null;
    const id = typeof record === 'object' && !Array.isArray(record) ? record?.['id'] : undefined;
    if (typeof id !== 'string' && typeof id !== 'number') throw new Failure({ system: 'netsuite', ...foreign(answer, request) });
    return record as JsonObject;
  }

  /** Changes some fields of a record that is there. */
  async change(type: RecordType, externalId: string, body: JsonObject, signal?: AbortSignal): Promise<void> {
    await this.write({ method: 'PATCH', url: recordPath(type, externalId), body, signal });
  }

  /** Deletes the record; one of which NetSuite says that it is gone already is as good. */
  async remove(type: RecordType, externalId: string, signal?: AbortSignal): Promise<void> {
    await this.write({ method: 'DELETE', url: recordPath(type, externalId), accept: [404], signal });
  }

  /** A write that something else than NetSuite has answered is in doubt, whatever the status says. */
  private async write(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await this.http.request(request);
    if (isOwnWritten(answer) || this.notThere(answer, request)) return answer;
    throw new Failure({ system: 'netsuite', status: answer.status, ...foreign(answer, request) });
  }

  /** Whether NetSuite itself says that the record is not there; any other 404 that was asked for is thrown as what it means. */
  private notThere(answer: HttpAnswer, request: HttpRequest): boolean {
    if (answer.status !== 404) return false;
    const details = isOwnNotFound(answer) ? refusalOf(answer, request) : foreign(answer, request);
    if (details.class === 'mapping.missing') return true;
    throw new Failure({ system: 'netsuite', status: 404, ...(isWrite(request) ? { outcome: 'not-made' } : {}), ...details });
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

/** What a refusal of NetSuite's own means, with what was sent in the field that it names. */
function refusalOf(answer: HttpAnswer, request: HttpRequest): FailureDetails {
  const details = classifyAnswer(answer, { read: !isWrite(request) });
  const value = isWrite(request) ? valueAtPath(request.body, details.field) : undefined;
  return value === undefined ? details : { ...details, value };
}

function foreign({ status }: HttpAnswer, request: HttpRequest): FailureDetails {
  const call = `${request.method} ${request.url.slice(0, 120)}`;
  return { ...foreignAnswer({ by: 'NetSuite', call, status }), ...(isWrite(request) ? { outcome: 'unknown' } : {}) };
}

/** Every request is signed by itself; the token never ends, but the client may ask for one more signature. */
function tokenBased(auth: TbaAuth, realm: string, clock: LoginClock): Pick<HttpClientOptions, 'tokens' | 'sign'> {
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
