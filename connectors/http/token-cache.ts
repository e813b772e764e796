import { knownSecrets } from '../../model/known-secrets.ts';

export interface Token {
  value: string;
  /** epoch ms after which a new one is fetched; absent = until the system refuses it */
  expiresAt?: number;
  /** base URL the token belongs to, where the system says so (Salesforce `instance_url`) */
  baseUrl?: string;
}

const tokensKnown = 3;

/** Keeps one token per connection and fetches at most one at a time, however many calls wait for it. */
export class TokenCache {
  private token: Token | undefined;
  private fetching: Promise<Token> | undefined;
  /** how to forget the last tokens; a system may still speak of one that it has ended */
  private readonly learned: (() => void)[] = [];
  private readonly fetch: () => Promise<Token>;
  private readonly now: () => number;

  constructor(fetch: () => Promise<Token>, now: () => number = Date.now) {
    this.fetch = fetch;
    this.now = now;
  }

  async get(): Promise<Token> {
    if (this.token && (this.token.expiresAt === undefined || this.token.expiresAt > this.now())) return this.token;
    this.fetching ??= this.fetch()
      .then((token) => {
        this.token = token;
        this.learned.push(knownSecrets.learn(token.value));
        if (this.learned.length > tokensKnown) this.learned.shift()?.();
        return token;
      })
      .finally(() => {
        this.fetching = undefined;
      });
    return this.fetching;
  }

  /** Forgets the token that was refused; a newer one, fetched meanwhile by another call, is kept. */
  refused(token: Token): void {
    if (this.token === token) this.token = undefined;
  }
}
