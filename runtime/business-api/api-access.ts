import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../engine/clock.ts';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import { isTooLong } from '../../model/storable.ts';
import type { KnownApiKeys } from './api-key.ts';
import type { ApiProblem } from './api-problem.ts';
import { RateLimit } from './rate-limit.ts';
import { checkedClaims, KeySet, publicKey, type TokenRules } from './token-check.ts';

/** Who calls. */
export interface Consumer {
  /** the same for all calls of one consumer, and no other's: by whom it was named, and how */
  id: string;
  /** for people */
  name: string;
  scopes: readonly string[];
}

/** Fields of `business-api-access`. */
export interface AccessForm {
  apiKeys: boolean;
  tokens: 'none' | 'jwks' | 'public-key';
  issuer: string;
  audience: string;
  jwksUrl: string;
  publicKey: string;
  consumerClaim: string;
  scopeClaim: string;
  callsPerMinute: number;
  callsAtOnce: number;
}

/** Who may call, and how much at a time. */
export class ApiAccess {
  readonly rate: RateLimit;
  readonly atOnce: number;
  /** how callers prove who they are, as OpenAPI names it */
  readonly ways: { apiKeys: boolean; tokens: boolean };
  private readonly form: AccessForm | undefined;
  private readonly keys: KnownApiKeys;
  private readonly tokens: TokenRules | undefined;
  /** calls under way by consumer */
  private readonly underWay = new Map<string, number>();

  /** @param form absent = anybody may call. Throws where it says nothing that a caller could prove. */
  constructor(form: AccessForm | undefined, limits: Pick<AccessForm, 'callsPerMinute' | 'callsAtOnce'>, keys: KnownApiKeys, clock: Clock) {
    this.form = form;
    this.keys = keys;
    this.rate = new RateLimit(limits.callsPerMinute);
    this.atOnce = limits.callsAtOnce;
    this.tokens = form && tokenRules(form, clock);
    this.ways = { apiKeys: form?.apiKeys ?? false, tokens: this.tokens !== undefined };
    if (form && !this.ways.apiKeys && !this.ways.tokens)
      throw new Failure({ class: 'contract.invalid', ...inWords('API_ACCESS'), field: 'apiKeys' });
  }

  /** Who calls, or why nobody is let in. Rejects when that cannot be found out now. */
  async consumer(headers: IncomingHttpHeaders, now: number): Promise<Consumer | ApiProblem> {
    const { form, tokens } = this;
    if (!form) return anyone;
    const key = form.apiKeys ? headers['x-api-key'] : undefined;
    const token = tokens && /^Bearer +(\S{1,16384}) *$/i.exec(headers.authorization ?? '')?.[1];
    if (key !== undefined && token !== undefined) return this.refused(inWords('API_CALLER.two'));
    if (typeof key === 'string') {
      const known = await this.keys.find(key.trim());
      return known
        ? { id: JSON.stringify(['key', known.consumer]), name: known.consumer, scopes: known.scopes }
        : this.refused(inWords('API_CALLER.key'));
    }
    if (tokens && token !== undefined) {
      const claims = await checkedClaims(token, tokens, now);
      if (!claims) return this.refused(inWords('API_CALLER.token'), 'invalid_token');
      const name = claims[form.consumerClaim];
      if (typeof name !== 'string' || name.trim() === '' || isTooLong(name) || /\p{Cc}/u.test(name))
        return this.refused(inWords('API_CALLER.claim', { claim: form.consumerClaim }), 'invalid_token');
      return { id: JSON.stringify(['token', tokens.issuer, name]), name, scopes: scopesIn(claims[form.scopeClaim]) };
    }
    return this.refused(inWords('API_CALLER'));
  }

  /** Takes a place among the calls under way; undefined = there is none. What is answered gives it back. */
  enter({ id }: Consumer): (() => void) | undefined {
    const count = this.underWay.get(id) ?? 0;
    if (count >= this.atOnce) return undefined;
    this.underWay.set(id, count + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const now = this.underWay.get(id) ?? 0;
      if (now > 1) this.underWay.set(id, now - 1);
      else this.underWay.delete(id);
    };
  }

  /** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
  private refused(said: FailureText, error?: string): ApiProblem {
    const challenges = [
      ...(this.ways.tokens ? [`Bearer realm="business-apis"${error ? `, error="${error}"` : ''}`] : []),
      ...(this.ways.apiKeys ? ['ApiKey realm="business-apis", header="X-API-Key"'] : []),
    ];
    return { status: 401, class: 'auth.denied', said, headers: { 'WWW-Authenticate': challenges.join(', ') } };
  }
}

/** Nobody is told apart: they share one rate. */
const anyone: Consumer = { id: JSON.stringify(['anyone']), name: 'anyone', scopes: [] };

function tokenRules(form: AccessForm, clock: Clock): TokenRules | undefined {
  if (form.tokens === 'none') return undefined;
  const needed = ['issuer', 'audience', form.tokens === 'jwks' ? 'jwksUrl' : 'publicKey'] as const;
  const missing = needed.filter((name) => form[name] === '');
  if (missing.length > 0)
    throw new Failure({ class: 'contract.invalid', ...inWords('API_ACCESS.missing', { fields: missing.join(', ') }), field: missing[0]! });
  const { issuer, audience } = form;
  return { issuer, audience, keys: form.tokens === 'jwks' ? new KeySet(form.jwksUrl, clock) : publicKey(form.publicKey) };
}

/** A text parted by blanks (RFC 9068), or a list. */
function scopesIn(claim: unknown): string[] {
  const given = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? (claim as unknown[]) : [];
  return given.filter((one): one is string => typeof one === 'string' && one !== '');
}
