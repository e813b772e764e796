import { Failure } from '../../model/failure.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { AccessTokens, Token } from '../http/access-tokens.ts';

const tokensKnown = 3;
/** So long a refused sign-in counts for whoever asks: trying the same again and again locks users out. */
const refusalCountsMs = 5_000;
/** An address at which nobody answers is asked for anew this often at most. */
const addressStandsMs = 10_000;

/**
 * Keeps one token per connection and fetches at most one at a time, however many calls wait for it. What comes of a sign-in is what all get that
 * waited for it, a failure too: fifty calls make one sign-in, not fifty.
 */
export class TokenCache implements AccessTokens {
  private token: Token | undefined;
  private refusedAt = -Infinity;
  private fetching: Promise<Token> | undefined;
  /** sign-ins that are over */
  private ended = 0;
  private lastFailure: { number: number; at: number; error: unknown } | undefined;
  private doubtedAt = -Infinity;
  /** how to forget the last tokens; a system may still speak of one that it has ended */
  private readonly learned: (() => void)[] = [];
  private readonly fetch: () => Promise<Token>;
  private readonly now: () => number;

  constructor(fetch: () => Promise<Token>, now: () => number = Date.now) {
    this.fetch = fetch;
    this.now = now;
  }

  get moment(): number {
    return this.ended;
  }

  async get(since = this.ended): Promise<Token> {
    if (this.token && (this.token.expiresAt === undefined || this.token.expiresAt > this.now())) return this.token;
    if (!this.fetching && this.lastFailure && this.concerns(this.lastFailure, since)) throw this.lastFailure.error;
    this.fetching ??= this.signIn();
    return this.fetching;
  }

  refused(token: Token): void {
    if (this.token !== token) return;
    this.token = undefined;
    this.refusedAt = this.now();
  }

  isFormer(token: Token): boolean {
    return this.token !== token;
  }

  /** Whether another token was refused only just now, so that the one in use is hardly refused for itself. */
  get isRenewed(): boolean {
    return within(this.now() - this.refusedAt, refusalCountsMs);
  }

  doubtAddress(token: Token): boolean {
    if (token.baseUrl === undefined) return false;
    if (this.token !== token) return true;
    const now = this.now();
    if (within(now - this.doubtedAt, addressStandsMs)) return false;
    this.doubtedAt = now;
    this.token = undefined;
    return true;
  }

  private async signIn(): Promise<Token> {
    try {
      const token = await this.fetch();
      this.token = token;
      this.lastFailure = undefined;
      this.learned.push(knownSecrets.learn(token.value));
      if (this.learned.length > tokensKnown) this.learned.shift()?.();
      return token;
    } catch (error) {
      this.lastFailure = { number: this.ended + 1, at: this.now(), error };
      throw error;
    } finally {
      this.ended++;
      this.fetching = undefined;
    }
  }

  private concerns({ number, at, error }: { number: number; at: number; error: unknown }, since: number): boolean {
    if (number > since) return true;
    return Failure.is(error) && error.class === 'auth.denied' && within(this.now() - at, refusalCountsMs);
  }
}

/** A clock that was put back must not make it last. */
const within = (passedMs: number, mostMs: number) => passedMs >= 0 && passedMs < mostMs;
