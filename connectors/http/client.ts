import axios, { type AxiosError, type AxiosInstance, type AxiosResponse } from 'axios';
import { parseExactJson } from '../../model/exact-json.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { Limiter } from './limiter.ts';
import type { Token, TokenCache } from './token-cache.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** absolute, or a path below the base URL */
  url: string;
  headers?: Record<string, string>;
  params?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** a call that changes nothing although it is a POST (a query): its outcome is never in doubt */
  reads?: boolean;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** statuses besides 2xx that the caller wants to see instead of a Failure */
  accept?: number[];
}

export interface HttpAnswer<Body = unknown> {
  status: number;
  headers: Record<string, string>;
  body: Body;
}

export interface HttpClientOptions {
  system: string;
  baseUrl: string;
  /** at most so many requests in flight */
  concurrency: number;
  timeoutMs: number;
  /** bearer tokens; absent when `sign` does it all */
  tokens?: TokenCache;
  /** sets the authorization header (default `Bearer <token>`); `url` is absolute with its query */
  sign?(request: HttpRequest, url: string, token?: Token): Record<string, string> | Promise<Record<string, string>>;
  /** the system's error table: what an answer of status ≥ 300 (outside `accept`) means */
  classify(answer: HttpAnswer, request: HttpRequest): FailureDetails;
  /** sees every answer: quota headers, server clock */
  observe?(answer: HttpAnswer): void;
}

/**
 * The one way out to a system: limit, token, one refresh after 401, time-out, classified failures.
 * It never repeats a call on its own except after a 401 (which was not executed): repeating is the engine's decision.
 */
export class HttpClient {
  private readonly options: HttpClientOptions;
  private readonly limiter: Limiter;
  private readonly axios: AxiosInstance;
  lastFailure: { at: string; class: string; message: string } | undefined;

  constructor(options: HttpClientOptions) {
    assertSafeUrl(options.system, options.baseUrl);
    this.options = options;
    this.limiter = new Limiter(options.concurrency);
    this.axios = axios.create({
      validateStatus: () => true,
      maxRedirects: 0,
      transitional: { clarifyTimeoutError: true },
      transformResponse,
    });
  }

  get inFlight(): number {
    return this.limiter.inFlight;
  }

  /** requests that may be in flight at present: fewer than configured while the system throttles */
  get width(): number {
    return this.limiter.width;
  }

  async request<Body = unknown>(request: HttpRequest): Promise<HttpAnswer<Body>> {
    try {
      return (await this.limiter.run(() => this.attempt(request))) as HttpAnswer<Body>;
    } catch (error) {
      const failure = Failure.from(error);
      this.lastFailure = { at: new Date().toISOString(), class: failure.class, message: failure.message };
      throw failure;
    }
  }

  private async attempt(request: HttpRequest): Promise<HttpAnswer> {
    for (let first = true; ; first = false) {
      const token = await this.options.tokens?.get();
      const answer = await this.call(request, token);
      this.options.observe?.(answer);
      if (answer.status < 300 || request.accept?.includes(answer.status)) {
        this.limiter.answered();
        return answer;
      }
      const details = this.options.classify(answer, request);
      if (details.class === 'transient.throttled') this.limiter.throttled();
      if (first && token && details.class === 'auth.expired') {
        this.options.tokens?.refused(token);
        continue;
      }
      throw new Failure({
        system: this.options.system,
        status: answer.status,
        ...retryAfter(answer),
        ...(isWrite(request) ? { outcome: outcomeOf(answer) } : {}),
        ...details,
      });
    }
  }

  private async call(request: HttpRequest, token?: Token): Promise<HttpAnswer> {
    const { options } = this;
    const url = new URL(request.url, withSlash(token?.baseUrl ?? options.baseUrl));
    assertSafeUrl(options.system, url.href);
    for (const [name, value] of Object.entries(request.params ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    const signed = options.sign ? await options.sign(request, url.href, token) : token ? { Authorization: `Bearer ${token.value}` } : {};
    try {
      const response = await this.axios.request({
        method: request.method,
        url: url.href,
        headers: { Accept: 'application/json', ...signed, ...request.headers },
        data: request.body,
        timeout: request.timeoutMs ?? options.timeoutMs,
        ...(request.signal ? { signal: request.signal } : {}),
      });
      return { status: response.status, headers: headersOf(response), body: response.data };
    } catch (error) {
      throw this.connectionFailure(error, request, url);
    }
  }

  /** A call without an answer. A write that may have reached the system is in doubt; a connection that was never made is not. */
  private connectionFailure(error: unknown, request: HttpRequest, url: URL): Failure {
    const code = (error as AxiosError).code ?? 'UNKNOWN';
    const system = this.options.system;
    if (request.signal?.aborted) {
      return new Failure(
        {
          class: 'transient.unavailable',
          code: 'ABORTED',
          message: 'The call was stopped because the flow is being stopped or redeployed.',
          system,
          ...(isWrite(request) ? { outcome: 'unknown' } : {}),
        },
        { cause: error },
      );
    }
    if (neverConnected.has(code)) {
      return new Failure(
        {
          class: 'transient.unavailable',
          code,
          message: `${url.host} cannot be reached (${code}).`,
          system,
          remedy: 'Check the address in the connection and the network.',
          ...(isWrite(request) ? { outcome: 'not-made' } : {}),
        },
        { cause: error },
      );
    }
    if (tlsCodes.test(code)) {
      return new Failure(
        {
          class: 'auth.denied',
          code,
          message: `The certificate of ${url.host} is not trusted (${code}).`,
          system,
          remedy: 'Install the issuing certificate (NODE_EXTRA_CA_CERTS); certificate checks cannot be switched off.',
          ...(isWrite(request) ? { outcome: 'not-made' } : {}),
        },
        { cause: error },
      );
    }
    return new Failure(
      {
        class: 'transient.timeout',
        code,
        message: `${url.host} gave no answer (${code}).`,
        system,
        ...(isWrite(request) ? { outcome: 'unknown' } : {}),
      },
      { cause: error },
    );
  }
}

const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const tlsCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

function isWrite(request: HttpRequest): boolean {
  return request.method !== 'GET' && !request.reads;
}

/** A 5xx may come after the work was done (a gateway's time-out); every other refusal was not executed. 503 says so itself. */
function outcomeOf(answer: HttpAnswer): 'unknown' | 'not-made' {
  return answer.status >= 500 && answer.status !== 503 && answer.status !== 501 ? 'unknown' : 'not-made';
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. */
function retryAfter(answer: HttpAnswer): Pick<FailureDetails, 'retryAfterMs'> {
  const value = answer.headers['retry-after'];
  if (!value) return {};
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? { retryAfterMs: ms } : {};
}

/** JSON as its value, and no number in it changed on the way; anything else as text. */
function transformResponse(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return text;
  try {
    return parseExactJson(text);
  } catch {
    return text;
  }
}

function headersOf(response: AxiosResponse): Record<string, string> {
  return Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`);

/** Plain http is for this machine only. */
export function assertSafeUrl(system: string, text: string): void {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Failure({
      class: 'contract.invalid',
      code: 'URL_INVALID',
      message: `"${text}" is not a web address.`,
      system,
      field: 'url',
      value: text,
      remedy: 'Enter the full address, beginning with https://.',
    });
  }
  const loopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\./.test(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) return;
  throw new Failure({
    class: 'contract.invalid',
    code: 'URL_NOT_SAFE',
    message: `${url.origin} is not encrypted.`,
    system,
    field: 'url',
    value: text,
    remedy: 'Use an https:// address; http:// is allowed for this machine only.',
  });
}
