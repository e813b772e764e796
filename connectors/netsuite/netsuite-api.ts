import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import { type HttpAnswer, HttpClient, type HttpClientOptions } from '../http/client.ts';
import { TokenCache } from '../http/token-cache.ts';
import { classifyAnswer } from './classify-answer.ts';
import { clientAssertionTokens } from './client-assertion.ts';
import type { NetSuiteSettings, TbaAuth } from './config.ts';
import { externalIdOf, keyOfExternalId } from './external-id.ts';
import { LoginClock } from './login-clock.ts';
import { LoginRefusals } from './login-refusals.ts';
import { tbaAuthorization, tbaMoment } from './tba-signature.ts';

/** Record types that the connector writes. */
export type RecordType = 'customer' | 'job' | 'projectTask' | 'billingSchedule' | 'timeBill';

/** A business key, or the id that NetSuite gave: the second names one record for ever, the first whichever carries its external id now. */
export type RecordKey = string | { id: string };

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
   * Makes a record, and never writes one over: an external id that is taken (whatever its case) is refused. `POST /record/v1/{type}`:
   * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1545141500.html
   */
  async create(
    type: RecordType,
    key: string,
    body: JsonObject,
    options: { signal?: AbortSignal; unknownFields?: UnknownFields } = {},
  ): Promise<string> {
    const answer = await this.http.request({
      method: 'POST',
      url: `/services/rest/record/v1/${type}`,
      headers: { 'X-NetSuite-PropertyNameValidation': options.unknownFields ?? 'Error' },
      body,
      signal: options.signal,
    });
    return idFromLocation(answer) ?? (await this.requireId(type, key, options.signal));
  }

  /**
   * Makes or changes the record with this external id: `PUT /record/v1/{type}/eid:{externalId}`, harmless to repeat.
   * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156335203191.html
   */
  async upsert(
    type: RecordType,
    key: string,
    body: unknown,
    options: { signal?: AbortSignal; unknownFields?: UnknownFields } = {},
  ): Promise<string> {
    const answer = await this.http.request({
      method: 'PUT',
      url: recordPath(type, key),
      headers: { 'X-NetSuite-PropertyNameValidation': options.unknownFields ?? 'Error' },
      body,
      signal: options.signal,
    });
    // the answer has no body; some releases leave the Location out
    return idFromLocation(answer) ?? (await this.requireId(type, key, options.signal));
  }

  /** Internal id of the record with this key, asked of the record itself; `undefined` when there is none. One that an earlier version made has the key for its id. */
  async idOf(type: RecordType, key: string, signal?: AbortSignal): Promise<string | undefined> {
    const found = await this.idAt(recordPath(type, key), [404], signal);
    if (found !== undefined || externalIdOf(key) === key) return found;
    // an account that takes such an id for no id at all has no such record
    return this.idAt(`/services/rest/record/v1/${type}/eid:${encodeURIComponent(key)}`, [400, 404], signal);
  }

  private async idAt(url: string, absent: number[], signal?: AbortSignal): Promise<string | undefined> {
    const answer = await this.http.request({ method: 'GET', url, accept: absent, signal });
    if (absent.includes(answer.status)) return undefined;
    const id = (answer.body as { id?: unknown } | null)?.id;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  }

  /** The record with this external id as NetSuite has it; `undefined` when there is none. */
  async read(type: RecordType, key: RecordKey, signal?: AbortSignal): Promise<JsonObject | undefined> {
    const answer = await this.http.request({ method: 'GET', url: recordPath(type, key), accept: [404], signal });
    return answer.status === 404 ? undefined : keyed(answer.body as JsonObject);
  }

  /** A record that is there, with all its lines. */
  async details(type: RecordType, key: RecordKey, signal?: AbortSignal): Promise<JsonObject> {
    const answer = await this.http.request({ method: 'GET', url: recordPath(type, key), params: { expandSubResources: true }, signal });
    return keyed(answer.body as JsonObject);
  }

  /** Changes some fields of a record that is there. */
  async change(type: RecordType, key: RecordKey, body: JsonObject, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'PATCH', url: recordPath(type, key), body, signal });
  }

  /** Deletes the record; one that is gone already is as good. */
  async remove(type: RecordType, key: RecordKey, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'DELETE', url: recordPath(type, key), accept: [404], signal });
  }

  /** The record was taken: whatever goes wrong in asking for its id leaves the write in doubt, never not made. */
  private async requireId(type: RecordType, key: string, signal?: AbortSignal): Promise<string> {
    let id: string | undefined;
    try {
      id = await this.idOf(type, key, signal);
    } catch (error) {
      throw Failure.from(error).with({ outcome: 'unknown' });
    }
    if (id !== undefined) return id;
    throw new Failure({
      class: 'transient.timeout',
      code: 'WRITE_NOT_VISIBLE',
      message: `NetSuite took ${type} ${key} but does not show it yet.`,
      system: 'netsuite',
      outcome: 'unknown',
    });
  }
}

/** Every request is signed by itself; the token never ends, but the client may ask for one more signature. */
function tokenBased(auth: TbaAuth, realm: string, clock: LoginClock): Pick<HttpClientOptions, 'tokens' | 'sign'> {
  return {
    tokens: new TokenCache(async () => ({ value: auth.tokenId })),
    sign: (request, url) => ({ Authorization: tbaAuthorization(auth, realm, request.method, url, tbaMoment(clock.timeFor(request))) }),
  };
}

function recordPath(type: RecordType, key: RecordKey): string {
  return `/services/rest/record/v1/${type}/${typeof key === 'string' ? `eid:${externalIdOf(key)}` : encodeURIComponent(key.id)}`;
}

/** The record with the business key that its external id stands for in place of the id. */
function keyed(record: JsonObject): JsonObject {
  const externalId = record?.['externalId'];
  return typeof externalId === 'string' ? { ...record, externalId: keyOfExternalId(externalId) } : record;
}

function idFromLocation(answer: HttpAnswer): string | undefined {
  return /\/(-?\d+)$/.exec(answer.headers['location'] ?? '')?.[1];
}
