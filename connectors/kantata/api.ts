import type { Json } from '../../model/json.ts';
import { outsideInstant } from '../../model/outside-number.ts';
import { HttpClient, type HttpRequest } from '../http/client.ts';
import { PageCount } from '../http/page-count.ts';
import { TokenCache } from '../http/token-cache.ts';
import { classify } from './classify.ts';
import type { KantataSettings } from './config.ts';
import { type Envelope, idOf, parseEnvelope, type Row } from './envelope.ts';

export type Params = Record<string, string | number | boolean | undefined>;

/** Most rows of one page, and most ids or references in one filter: https://developer.kantata.com/ "Pagination", "Filters". */
export const pageLimit = 200;

/** Kantata OX's REST API, version 1: lists in pages, creates one record at a time. */
export class KantataApi {
  readonly settings: KantataSettings;
  private readonly http: HttpClient;
  private readonly refusedOnce = new WeakSet<HttpRequest>();
  private clockOffsetMs: number | undefined;
  private ownId: Promise<string> | undefined;

  constructor(settings: KantataSettings) {
    this.settings = settings;
    this.http = new HttpClient({
      system: 'kantata',
      baseUrl: settings.baseUrl,
      concurrency: settings.concurrency,
      timeoutMs: settings.timeoutMs,
      tokens: new TokenCache(async () => ({ value: settings.accessToken })),
      classify: (answer, request) => {
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
        if (date !== undefined) this.clockOffsetMs = date - Date.now();
      },
    });
  }

  /** Kantata's clock by the `Date` header of its last answer. */
  serverNow(): Date {
    return new Date(Date.now() + (this.clockOffsetMs ?? 0));
  }

  async page(collection: string, params: Params, signal?: AbortSignal): Promise<Envelope> {
    const answer = await this.http.request({ kind: 'list', method: 'GET', url: collection, params, ...(signal ? { signal } : {}) });
    return parseEnvelope(answer.body, collection);
  }

  /** All pages, one after the other. The order must be one in which new rows come last, or the set bounded. */
  async *pages(collection: string, params: Params, signal?: AbortSignal): AsyncGenerator<Envelope> {
    const count = new PageCount('kantata', `The list of ${collection}`);
    for (let page = 1; ; page++) {
      count.next();
      const envelope = await this.page(collection, { per_page: pageLimit, ...params, page }, signal);
      yield envelope;
      if (envelope.results.length === 0 || page >= envelope.pageCount) return;
    }
  }

  async create(collection: string, singular: string, record: Json, params: Params, signal?: AbortSignal): Promise<Envelope> {
    const request: HttpRequest = { method: 'POST', url: collection, params, body: { [singular]: record } };
    const answer = await this.http.request({ ...request, ...(signal ? { signal } : {}) });
    return parseEnvelope(answer.body, collection);
  }

  /** Changes some attributes of one record. */
  async change(path: string, singular: string, attributes: Json, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'PUT', url: path, body: { [singular]: attributes }, ...(signal ? { signal } : {}) });
  }

  /** Deletes one record; one that is gone already is as good. */
  async remove(path: string, signal?: AbortSignal): Promise<void> {
    await this.http.request({ method: 'DELETE', url: path, accept: [404], ...(signal ? { signal } : {}) });
  }

  /** The token's own user. */
  async me(signal?: AbortSignal): Promise<Row> {
    return (await this.page('users/me', {}, signal)).results[0] ?? {};
  }

  /** Its id; asked once, for whoever asks first. */
  ownUserId(): Promise<string> {
    this.ownId ??= this.me().then(
      (user) => idOf(user, 'the user of the access token'),
      (error) => {
        this.ownId = undefined;
        throw error;
      },
    );
    return this.ownId;
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

/** Lists cut to what one filter parameter may hold. */
export function chunks<T>(list: T[], size = pageLimit): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
