import { Failure, type FailureDetails } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { JsonObject } from '../../model/json.ts';
import { isWrite } from '../http/call-failures.ts';
import { HttpClient, type HttpClientOptions } from '../http/client.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';
import { foreignTo } from '../http/own-refusal.ts';
import { TokenCache } from '../oauth2/token-cache.ts';
import { classifyAnswer } from './errors.ts';
import { clientAssertionTokens } from './wire/client-assertion.ts';
import type { NetSuiteSettings, TbaAuth } from './settings.ts';
import type { CustomRecordType } from './records/custom-record-type.ts';
import { externalIdOf, keyOfExternalId } from './records/external-id.ts';
import { LoginClock } from './wire/login-clock.ts';
import { LoginRefusals } from './wire/login-refusals.ts';
import { isOwnNotFound, isOwnRefusal, isOwnWritten } from './errors/own-answer.ts';
import { tbaAuthorization, tbaMoment } from './wire/tba-signature.ts';
import { valueAtPath } from './wire/value-at-path.ts';

/** Record types that the connector writes or reads. */
export type RecordType =
  'customer' | 'job' | 'projectTask' | 'billingSchedule' | 'timeBill' | 'expenseReport' | 'invoice' | CustomRecordType;

/** A business key, or the id that NetSuite gave: the second names one record for ever, the first whichever carries its external id now. */
export type RecordKey = string | { id: string };

/** `Warning` lets NetSuite skip a field that the account does not have; `Error` refuses the record. */
export type UnknownFields = 'Error' | 'Warning';

/** SuiteTalk REST web services: records by external id. SuiteQL is in suiteql.ts. */
export class NetSuiteApi {
  readonly http: HttpClient;
  private readonly clock: LoginClock;

  constructor(settings: NetSuiteSettings, now: () => number) {
    const { auth } = settings;
    const clock = new LoginClock(now);
    this.clock = clock;
    const atLimit = () => this.http.inFlight >= this.http.width;
    const signing =
      auth.kind === 'oauth2' ? { tokens: clientAssertionTokens(settings, auth, clock) } : tokenBased(auth, settings.realm, clock);
    const logins = new LoginRefusals({
      // a token may have ended, but hardly one after the other; a signature is made anew only when its time was wrong
      renewable: (request, isLasting) =>
        auth.kind === 'oauth2' ? isLasting || !(atLimit() && signing.tokens.isRenewed) : clock.refused(request),
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
        if (!isOwnRefusal(answer)) return foreignTo('NetSuite', answer, request);
        const details = refusalOf(answer, request);
        return answer.status === 401 ? logins.judge(details, request) : details;
      },
      observe: (answer) => {
        clock.observe(answer);
        if (answer.status < 400) logins.answered();
      },
    });
  }

  /** NetSuite's clock, by its last answer; to the second. */
  serverNow(): number {
    return this.clock.server();
  }

  /**
   * Makes a record, and never writes one over: an external id that is taken (whatever its case) is refused. `POST /record/v1/{type}`:
   * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1545141500.html
   */
  async create(
    type: RecordType,
    key: string,
    body: JsonObject,
    options: { signal?: AbortSignal; unknownFields?: UnknownFields; skipped?: (words: string) => void } = {},
  ): Promise<string> {
    const answer = await this.write({
      method: 'POST',
      url: `/services/rest/record/v1/${type}`,
      headers: { 'X-NetSuite-PropertyNameValidation': options.unknownFields ?? 'Error' },
      body,
      signal: options.signal,
    });
    // which fields it has skipped, in its own words
    const skipped = answer.headers['x-netsuite-propertyvalidation'];
    if (skipped) options.skipped?.(skipped);
    return idFromLocation(answer) ?? (await this.requireId(type, key, options.signal));
  }

  /**
   * Makes or changes the record with this external id: `PUT /record/v1/{type}/eid:{externalId}`, harmless to repeat. `replace` names the sublists whose
   * lines take the place of those that are there; without it they would be added.
   * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156335203191.html
   */
  async upsert(
    type: RecordType,
    key: string,
    body: unknown,
    options: { signal?: AbortSignal; unknownFields?: UnknownFields; replace?: string } = {},
  ): Promise<string> {
    const answer = await this.write({
      method: 'PUT',
      url: recordPath(type, key),
      ...(options.replace ? { params: { replace: options.replace } } : {}),
      headers: { 'X-NetSuite-PropertyNameValidation': options.unknownFields ?? 'Error' },
      body,
      signal: options.signal,
    });
    // the answer has no body; some releases leave the Location out
    return idFromLocation(answer) ?? (await this.requireId(type, key, options.signal));
  }

  /** Internal id of the record with this key, asked of the record itself; `undefined` when there is none. One that an earlier version made has the key for its id. */
  async idOf(type: RecordType, key: string, signal?: AbortSignal): Promise<string | undefined> {
    const record =
      (await this.read(type, key, signal)) ?? (externalIdOf(key) === key ? undefined : await this.readOlder(type, key, signal));
    return record && String(record['id']);
  }

  /** The record with this external id as NetSuite has it; `undefined` when NetSuite says that there is none. */
  async read(type: RecordType, key: RecordKey, signal?: AbortSignal): Promise<JsonObject | undefined> {
    const request: HttpRequest = { method: 'GET', url: recordPath(type, key), accept: [404], signal };
    const answer = await this.http.request(request);
    if (this.notThere(answer, request)) return undefined;
    return keyed(recordIn(answer, request));
  }

  /** The record that an earlier version made, with the key itself for its id. An account that takes such an id for no id at all has no such record. */
  private async readOlder(type: RecordType, key: string, signal?: AbortSignal): Promise<JsonObject | undefined> {
    const url = `/services/rest/record/v1/${type}/eid:${encodeURIComponent(key)}`;
    const request: HttpRequest = { method: 'GET', url, accept: [400, 404], signal };
    const answer = await this.http.request(request);
    if ((answer.status === 400 && isOwnRefusal(answer)) || this.notThere(answer, request)) return undefined;
    return recordIn(answer, request);
  }

  /** The JSON Schema of a record type, for this account and role. */
  async schemaOf(type: RecordType, signal?: AbortSignal): Promise<unknown> {
    const url = `/services/rest/record/v1/metadata-catalog/${type}`;
    return (await this.http.request({ method: 'GET', url, headers: { Accept: 'application/schema+json' }, signal })).body;
  }

  /** A record that is there, with all its lines. */
  async details(type: RecordType, key: RecordKey, signal?: AbortSignal): Promise<JsonObject> {
    const request: HttpRequest = { method: 'GET', url: recordPath(type, key), params: { expandSubResources: true }, signal };
    return keyed(recordIn(await this.http.request(request), request));
  }

  /** The same of one that may be gone. */
  async ifThere(type: RecordType, key: RecordKey, signal?: AbortSignal): Promise<JsonObject | undefined> {
    const request: HttpRequest = { method: 'GET', url: recordPath(type, key), params: { expandSubResources: true }, accept: [404], signal };
    const answer = await this.http.request(request);
    return this.notThere(answer, request) ? undefined : keyed(recordIn(answer, request));
  }

  /** Changes some fields of a record that is there; `replace`: the list whose lines are all sent. */
  async change(type: RecordType, key: RecordKey, body: JsonObject, signal?: AbortSignal, replace?: string): Promise<void> {
    await this.write({ method: 'PATCH', url: recordPath(type, key), ...(replace ? { params: { replace } } : {}), body, signal });
  }

  /** Deletes the record; one of which NetSuite says that it is gone already is as good. */
  async remove(type: RecordType, key: RecordKey, signal?: AbortSignal): Promise<void> {
    await this.write({ method: 'DELETE', url: recordPath(type, key), accept: [404], signal });
  }

  /** A write that something else than NetSuite has answered is in doubt, whatever the status says. */
  private async write(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await this.http.request(request);
    if (isOwnWritten(answer) || this.notThere(answer, request)) return answer;
    throw new Failure({ system: 'netsuite', status: answer.status, ...foreignTo('NetSuite', answer, request) });
  }

  /** Whether NetSuite itself says that the record is not there; any other 404 that was asked for is thrown as what it means. */
  private notThere(answer: HttpAnswer, request: HttpRequest): boolean {
    if (answer.status !== 404) return false;
    const details = isOwnNotFound(answer) ? refusalOf(answer, request) : foreignTo('NetSuite', answer, request);
    if (details.class === 'mapping.missing') return true;
    throw new Failure({ system: 'netsuite', status: 404, ...(isWrite(request) ? { outcome: 'not-made' } : {}), ...details });
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
      ...inWords('WRITE_NOT_VISIBLE.netsuite', { type, key }),
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

/** The record of an answer; every record has its id. */
function recordIn(answer: HttpAnswer, request: HttpRequest): JsonObject {
  const record = answer.body as JsonObject | null;
  const id = typeof record === 'object' && !Array.isArray(record) ? record?.['id'] : undefined;
  if (typeof id === 'string' || typeof id === 'number') return record as JsonObject;
  throw new Failure({ system: 'netsuite', ...foreignTo('NetSuite', answer, request) });
}

/** Every request is signed by itself; the token never ends, but the client may ask for one more signature. */
function tokenBased(auth: TbaAuth, realm: string, clock: LoginClock): { tokens: TokenCache } & Pick<HttpClientOptions, 'sign'> {
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
