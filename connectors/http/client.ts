import type { Readable } from 'node:stream';
import axios, { AxiosHeaders, type AxiosResponse } from 'axios';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { pauseOf, retryAfterMs } from '../../model/pause.ts';
import type { AccessTokens, Token } from './access-tokens.ts';
import { AnswerRefused } from './answer-body.ts';
import { abortedUnsent, CallFailures, isWrite, neverReached } from './call-failures.ts';
import { type CallKind, callLimits } from './call-limits.ts';
import { CallTime } from './call-time.ts';
import { askedItself, checkedAgent, plainAgent } from './checked-agent.ts';
import type { HttpAnswer, HttpRequest } from './http-call.ts';
import { Limiter } from './limiter.ts';
import { requestBody } from './request-body.ts';
import { assertSafeUrl } from './safe-url.ts';
import { takenAnswer } from './taken-answer.ts';
import { GivenUp, unlessAborted } from './unless-aborted.ts';

export interface HttpClientOptions {
  system: string;
  baseUrl: string;
  /** at most so many requests in flight */
  concurrency: number;
  timeoutMs: number;
  /** of its calls; default: `record` */
  kind?: CallKind;
  /** bearer tokens; absent when `sign` does it all */
  tokens?: AccessTokens;
  /** sets the authorization header (default `Bearer <token>`); `url` is absolute with its query */
  sign?(request: HttpRequest, url: string, token?: Token): Record<string, string> | Promise<Record<string, string>>;
  /** the system's error table: what an answer of status ≥ 300 (outside `accept`) means */
  classify(answer: HttpAnswer, request: HttpRequest): FailureDetails;
  /** where a sign-in says the address: `moved` = the answer says that it is another one now, `unsure` = it may be that of somebody else */
  addressIn?(answer: HttpAnswer): 'moved' | 'unsure' | undefined;
  /** sees every answer: quota headers, server clock */
  observe?(answer: HttpAnswer): void;
}

/** axios' own way out, without what it does around it: which merges its defaults anew for each call. */
const send = axios.getAdapter('http');

const sending = {
  validateStatus: () => true,
  maxRedirects: 0,
  // bodies are written and read here, and counted
  responseType: 'stream',
  decompress: false,
} as const;

/**
 * The one way out to a system: limit, token, one refresh after 401, time-out, classified failures.
 * It never repeats a call on its own except once after a new sign-in, when the call was not executed (a 401, an address that the system has
 * left): repeating is the engine's decision.
 */
export class HttpClient {
  private readonly options: HttpClientOptions;
  private readonly limiter: Limiter;
  lastFailure: { at: string; class: string; message: string } | undefined;

  constructor(options: HttpClientOptions) {
    assertSafeUrl(options.system, options.baseUrl);
    this.options = options;
    this.limiter = new Limiter(options.concurrency);
  }

  get inFlight(): number {
    return this.limiter.inFlight;
  }

  /** requests that may be in flight at present: fewer than configured while the system throttles */
  get width(): number {
    return this.limiter.width;
  }

  async request<Body = unknown>(request: HttpRequest): Promise<HttpAnswer<Body>> {
    const asked = this.options.tokens?.moment;
    try {
      return (await this.limiter.run(() => this.attempt(request, asked), request.signal)) as HttpAnswer<Body>;
    } catch (error) {
      const failure = error instanceof GivenUp ? abortedUnsent(this.options.system, request) : Failure.from(error);
      this.lastFailure = { at: new Date().toISOString(), class: failure.class, message: failure.message };
      throw failure;
    }
  }

  private async attempt(request: HttpRequest, asked: number | undefined): Promise<HttpAnswer> {
    const { tokens } = this.options;
    for (let first = true; ; first = false) {
      const token = tokens && (await this.signedIn(tokens, request, asked));
      const answer = await this.call(request, token).catch((error: unknown) => {
        if (token && isSilence(error) && tokens?.doubtAddress(token) && first && wasNotMade(request, error)) return undefined;
        throw error;
      });
      if (!answer) continue;
      this.options.observe?.(answer);
      if (answer.status < 300 || request.accept?.includes(answer.status)) {
        this.limiter.answered();
        return answer;
      }
      const details = this.options.classify(answer, request);
      // others may have signed in anew since this call was sent
      if (first && token && answer.status === 401 && tokens?.isFormer(token)) continue;
      const pause = pauseIn(answer);
      if (details.class === 'transient.throttled') this.throttled({ ...pause, ...details });
      const address = token?.baseUrl === undefined ? undefined : this.options.addressIn?.(answer);
      if (first && token && (details.class === 'auth.expired' || address === 'moved')) {
        tokens?.refused(token);
        continue;
      }
      if (token && address === 'unsure') tokens?.doubtAddress(token);
      throw new Failure({
        system: this.options.system,
        status: answer.status,
        ...pause,
        ...(isWrite(request) ? { outcome: outcomeOf(answer) } : {}),
        ...details,
      });
    }
  }

  /** Who says for how long there is to be no call is left alone for so long, by all that use the connection. */
  private throttled(details: FailureDetails): void {
    const { system } = this.options;
    const pause = pauseOf(details.retryAfterMs) ?? 0;
    this.limiter.throttled(pause > 0);
    if (pause === 0) return;
    this.limiter.rest(pause, (left) => new Failure({ system, ...details, retryAfterMs: Math.ceil(left), outcome: 'not-made' }));
  }

  /** A call whose sign-in fails was not made. */
  private signedIn(tokens: AccessTokens, request: HttpRequest, asked: number | undefined): Promise<Token> {
    return unlessAborted(tokens.get(asked), request.signal).catch((error: unknown) => {
      throw Failure.is(error) && isWrite(request) ? error.with({ outcome: 'not-made' }) : error;
    });
  }

  private async call(request: HttpRequest, token?: Token): Promise<HttpAnswer> {
    const { options } = this;
    const url = new URL(request.url, withSlash(token?.baseUrl ?? options.baseUrl));
    assertSafeUrl(options.system, url.href);
    for (const [name, value] of Object.entries(request.params ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    const failures = new CallFailures(options.system, request, url);
    const kind = request.kind ?? options.kind ?? 'record';
    const limits = callLimits[kind];
    const body = requestBody(request, limits.request, (code) => {
      throw failures.unsent(code, limits.request);
    });
    const signed = options.sign ? await options.sign(request, url.href, token) : token ? { Authorization: `Bearer ${token.value}` } : {};
    const time = new CallTime(request.timeoutMs ?? options.timeoutMs, request.signal);
    try {
      time.signal.throwIfAborted();
      const { status, data, ...response } = await send({
        ...sending,
        httpsAgent: checkedAgent(),
        httpAgent: plainAgent(),
        method: request.method,
        url: url.href,
        headers: new AxiosHeaders({
          Accept: 'application/json',
          'Accept-Encoding': 'gzip, br',
          ...body?.headers,
          ...signed,
          ...request.headers,
        }),
        ...(body ? { data: body.text } : {}),
        // plain http is for this machine only: by a proxy of the environment it would leave it, with the token
        ...(url.protocol === 'http:' ? askedItself : {}),
        signal: time.signal,
      });
      return await takenAnswer(status, headersOf(response), data as Readable, {
        wanted: status < 300 || (request.accept?.includes(status) ?? false),
        most: limits.answer,
        isSignIn: kind === 'sign-in',
        authorization: signed['Authorization'],
        consume: request.consume,
      });
    } catch (error) {
      if (error instanceof AnswerRefused) throw failures.answer(error);
      if (Failure.is(error)) throw error;
      throw failures.connection(time.isOver ? { code: 'ETIMEDOUT' } : error);
    } finally {
      time.end();
    }
  }
}

/**
 * A 5xx or a 408 may come after the work was done (a gateway's time-out); every other refusal was not executed. 503 says so itself, but not in the
 * words of something between: "reset before headers" comes of a call that had arrived.
 */
function outcomeOf({ status, body }: HttpAnswer): 'unknown' | 'not-made' {
  if (status === 503) return typeof body === 'string' && body.trim() !== '' ? 'unknown' : 'not-made';
  return (status >= 500 && status !== 501) || status === 408 ? 'unknown' : 'not-made';
}

function pauseIn(answer: HttpAnswer): Pick<FailureDetails, 'retryAfterMs'> {
  const pause = retryAfterMs(answer.headers['retry-after'], Date.now());
  return pause === undefined ? {} : { retryAfterMs: pause };
}

function headersOf(response: Pick<AxiosResponse, 'headers'>): Record<string, string> {
  return Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`);

/** A call to which nobody has answered, or not in the system's words. */
function isSilence(error: unknown): error is Failure {
  if (!Failure.is(error) || error.code === 'ABORTED') return false;
  return neverReached(error) || error.class === 'transient.timeout' || error.code.startsWith('ANSWER_');
}

/** Nothing happened by it, and it took no time: a connection that breaks at once is one that was kept for later while the host went away. */
function wasNotMade(request: HttpRequest, failure: Failure): boolean {
  return neverReached(failure) || (!isWrite(request) && failure.class === 'transient.timeout' && failure.code !== 'ETIMEDOUT');
}
