import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { outsideInstant } from '../../model/outside-number.ts';
import { HttpClient } from '../http/client.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';
import { foreignTo } from '../http/own-refusal.ts';
import { PageCount } from '../http/page-count.ts';
import { CachedRead } from '../kit/cached-read.ts';
import { TokenCache } from '../oauth2/token-cache.ts';
import { incomplete } from '../http/whole-list.ts';
import { classify } from './errors.ts';
import type { KantataSettings } from './settings.ts';
import { assertWholePage, type Envelope, idOf, isRow, parseEnvelope, type Row, text } from './wire/envelope.ts';
import { hasErrors, isOwnRefusal } from './errors/own-answer.ts';

export type Params = Record<string, string | number | boolean | undefined>;

/** Most rows of one page, and most ids or references in one filter: https://developer.kantata.com/ "Pagination", "Filters". */
export const pageLimit = 200;

/** A clock that is off by more is none: a first look that begins so far ahead would find nothing for ever. */
const farthestOffMs = 366 * 86_400_000;

/** Kantata OX's REST API, version 1: lists in pages, creates one record at a time. */
export class KantataApi {
  readonly settings: KantataSettings;
  private readonly http: HttpClient;
  private readonly refusedOnce = new WeakSet<HttpRequest>();
  private clockOffsetMs: number | undefined;
  private readonly ownId = new CachedRead(async () => idOf(await this.me(), 'users/me'));

  constructor(settings: KantataSettings) {
    this.settings = settings;
    this.http = new HttpClient({
      system: 'kantata',
      baseUrl: settings.baseUrl,
      concurrency: settings.concurrency,
      timeoutMs: settings.timeoutMs,
      tokens: new TokenCache(async () => ({ value: settings.accessToken })),
      classify: (answer, request) => {
        if (!isOwnRefusal(answer)) return foreignTo('Kantata', answer, request);
        const details = classify(answer, request);
        // one 401 may be a hiccup of the gateway; a 401 was not executed, so the client may ask once more with the same token
        if (answer.status === 401 && !this.refusedOnce.has(request)) {
          this.refusedOnce.add(request);
          return { ...details, class: 'auth.expired' };
        }
        return details;
      },
      observe: (answer) => {
        const date = outsideInstant(answer.headers['date']);
        if (date !== undefined && Math.abs(date - Date.now()) < farthestOffMs) this.clockOffsetMs = date - Date.now();
      },
    });
  }

  /** Kantata's clock by the `Date` header of its last answer. */
  serverNow(): Date {
    return new Date(Date.now() + (this.clockOffsetMs ?? 0));
  }

  /** One page of a list, whole: what it says of itself agrees with the rows that came. */
  async page(collection: string, params: Params, signal?: AbortSignal): Promise<Envelope & { count: number }> {
    const envelope = await this.read(collection, params, signal);
    const count = assertWholePage(envelope, collection, { before: Number(params['offset'] ?? 0), size: sizeOf(params) });
    return { ...envelope, count };
  }

  /** All pages, one after the other. The order must be one in which new rows come last, or the set bounded. */
  async *pages(collection: string, params: Params, signal?: AbortSignal): AsyncGenerator<Envelope> {
    const pages = new PageCount('kantata', phrase('LIST_WITHOUT_END.kantata', { collection }));
    const seen = new Set<unknown>();
    for (let page = 1, before = 0, most = 0; ; page++) {
      pages.next();
      const asked = { per_page: pageLimit, ...params, page };
      const envelope = await this.read(collection, asked, signal);
      const count = assertWholePage(envelope, collection, { before, size: sizeOf(asked) });
      // what was taken away from a page that is read shifts the rest: one row would be on no page
      if (count < most) throw incomplete('kantata', collection, phrase('LIST_INCOMPLETE.kantata-fewer', { count, before: most }));
      most = count;
      for (const row of envelope.results) seen.add(row['id']);
      before += envelope.results.length;
      const end = envelope.results.length === 0 || before >= count;
      // the same rows on every page are not the list
      if (end && seen.size < count)
        throw incomplete('kantata', collection, phrase('LIST_INCOMPLETE.kantata-seen', { seen: seen.size, count }));
      yield envelope;
      if (end) return;
    }
  }

  /** Makes one record, and answers with it. An answer that does not show it leaves the write in doubt. */
  async create(collection: string, singular: string, record: Json, params: Params, signal?: AbortSignal): Promise<Envelope> {
    const request: HttpRequest = { method: 'POST', url: collection, params, body: { [singular]: record } };
    return written(request, await this.http.request({ ...request, ...(signal ? { signal } : {}) }));
  }

  /** Changes some attributes of one record, and answers with it. */
  async change(path: string, singular: string, attributes: Json, signal?: AbortSignal): Promise<Row> {
    const request: HttpRequest = { method: 'PUT', url: path, body: { [singular]: attributes } };
    const { results } = written(request, await this.http.request({ ...request, ...(signal ? { signal } : {}) }));
    return results[0] ?? {};
  }

  /** Deletes one record. `not-there`: Kantata itself says that it has none, or does not show it. */
  async remove(path: string, signal?: AbortSignal): Promise<'deleted' | 'not-there'> {
    const request: HttpRequest = { method: 'DELETE', url: path, accept: [404, 410] };
    const answer = await this.http.request({ ...request, ...(signal ? { signal } : {}) });
    if (answer.status === 204 || (answer.status < 300 && isRow(answer.body) && Array.isArray(answer.body['results']))) return 'deleted';
    if (answer.status >= 400 && hasErrors(answer.body)) return 'not-there';
    throw new Failure({ system: 'kantata', status: answer.status, ...foreignTo('Kantata', answer, request) });
  }

  private async read(collection: string, params: Params, signal?: AbortSignal): Promise<Envelope> {
    const answer = await this.http.request({ kind: 'list', method: 'GET', url: collection, params, ...(signal ? { signal } : {}) });
    return parseEnvelope(answer.body, collection);
  }

  /** The token's own user. */
  async me(signal?: AbortSignal): Promise<Row> {
    const [user] = (await this.read('users/me', {}, signal)).results;
    if (user) return user;
    throw incomplete('kantata', 'users/me', phrase('LIST_INCOMPLETE.no-rows'));
  }

  /** Its id; asked once, for whoever asks first. */
  ownUserId(): Promise<string> {
    return this.ownId.get();
  }

  health(): Record<string, Json> {
    const { lastFailure } = this.http;
    return {
      inFlight: this.http.inFlight,
      concurrency: this.settings.concurrency,
      ...(lastFailure ? { lastFailure: { ...lastFailure } } : {}),
    };
  }
}

/** Rows of a page unless asked for otherwise: https://developer.kantata.com/ "Pagination" */
const usualSize = 20;
const sizeOf = (params: Params) => Number(params['limit'] ?? params['per_page'] ?? usualSize);

/** What a write has made or changed, by Kantata's own word. */
function written(request: HttpRequest, answer: HttpAnswer): Envelope {
  const shown = (() => {
    try {
      return parseEnvelope(answer.body, request.url);
    } catch {
      return undefined;
    }
  })();
  // a list of several is not the one record
  if (shown?.results.length === 1 && text(shown.results[0], 'id') !== undefined) return shown;
  const call = `${request.method} ${request.url}`;
  throw new Failure({
    class: 'transient.timeout',
    ...inWords('WRITE_NOT_VISIBLE.kantata', { call, status: answer.status }),
    system: 'kantata',
    status: answer.status,
    outcome: 'unknown',
  });
}

/** Lists cut to what one filter parameter may hold. */
export function chunks<T>(list: T[], size = pageLimit): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
