import type { Json } from '../../model/json.ts';
import { HttpClient } from '../http/client.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';
import type { Token } from '../http/access-tokens.ts';
import { TokenCache } from '../oauth2/token-cache.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { Authorization, type AuthorizationPorts } from './session/authorization.ts';
import type { CheckedConfig } from './settings.ts';
import { apiUsage } from './errors.ts';
import { addressIn, classifyMoved } from './session/moved-org.ts';
import { notOfTheApi } from './errors/own-answer.ts';

/** One org's REST API: version prefix, token, call options, and what every answer tells by the way (quota, server clock). */
export class SalesforceRest {
  readonly apiVersion: string;
  /** host and port of the event bus */
  readonly pubsub: string;
  readonly timeoutMs: number;
  usage: { used: number; max: number } | undefined;
  private readonly authorization: Authorization;
  private readonly tokens: TokenCache;
  private readonly http: HttpClient;

  constructor(config: CheckedConfig, ports: AuthorizationPorts) {
    this.apiVersion = config.apiVersion;
    this.pubsub = config.pubsub;
    this.timeoutMs = config.timeoutMs;
    this.authorization = new Authorization(config, ports);
    // no expiry: a session slides with every call and ends early for many reasons, so only a 401 tells
    this.tokens = new TokenCache(
      () => this.authorization.fetchToken(),
      () => ports.now(),
    );
    const callOptions = { 'Sforce-Call-Options': `client=${config.callOptionsClient}` };
    this.http = new HttpClient({
      system: 'salesforce',
      baseUrl: config.loginUrl,
      concurrency: config.concurrency,
      timeoutMs: config.timeoutMs,
      tokens: this.tokens,
      sign: (_request, _url, token) => ({ Authorization: `Bearer ${token?.value}`, ...callOptions }),
      classify: classifyMoved,
      addressIn,
      observe: (answer) => {
        this.usage = apiUsage(answer.headers['sforce-limit-info']) ?? this.usage;
      },
    });
  }

  /** `path` is relative to the version (`query`), or absolute as Salesforce gave it (`/services/data/…`). */
  request(request: Omit<HttpRequest, 'url'> & { path: string }): Promise<HttpAnswer> {
    const { path, ...rest } = request;
    return this.send({ ...rest, url: this.address(path) });
  }

  async get(path: string, params: HttpRequest['params'], signal: AbortSignal): Promise<HttpAnswer> {
    return this.request({ kind: 'list', method: 'GET', path, ...(params ? { params } : {}), signal });
  }

  /** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_versions.htm: not counted against the quota */
  async versions(signal?: AbortSignal): Promise<HttpAnswer> {
    return this.send({ method: 'GET', url: '/services/data/', ...(signal ? { signal } : {}) });
  }

  /** Of which org, and as which user, as far as the sign-in says it. */
  async signedIn(signal: AbortSignal): Promise<{ orgId?: string; userId?: string }> {
    await unlessAborted(this.tokens.get(), signal);
    return this.authorization.identity ?? {};
  }

  /** What a call by another protocol shows to be let in. */
  token(): Promise<Token> {
    return this.tokens.get();
  }

  /** The event bus refused it. */
  refuse(token: Token): void {
    this.tokens.refused(token);
  }

  /** What was kept for this connection goes. */
  forgetKept(): Promise<void> {
    return this.authorization.forgetKept();
  }

  health(): Record<string, Json> {
    return {
      inFlight: this.http.inFlight,
      apiVersion: this.apiVersion,
      ...(this.usage ? { apiRequestsUsed: this.usage.used, apiRequestsMax: this.usage.max } : {}),
      ...(this.http.lastFailure ? { lastFailure: { ...this.http.lastFailure } } : {}),
    };
  }

  private send(request: HttpRequest): Promise<HttpAnswer> {
    return this.http.request(request).catch((error: unknown) => {
      throw notOfTheApi(error);
    });
  }

  private address(path: string): string {
    // a page address goes back to the org as it came; one that points elsewhere would carry the token away
    return /^\/services\/(data|async)\//.test(path) ? path : `services/data/v${this.apiVersion}/${path.replace(/^\/+/, '')}`;
  }
}
