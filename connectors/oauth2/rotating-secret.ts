import { randomUUID } from 'node:crypto';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { type CredentialKeeper, MemoryCredentials } from '../../model/kept-credential.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { nameOfSecret, sealText, unsealText } from './sealed-text.ts';

export interface RotatingSecretOptions {
  system: string;
  /** what was typed into the connection: valid until its first use */
  typed: string;
  /** where and for which app: what replaces it goes nowhere else */
  use: string;
  /** how long one use takes at most */
  useMs: number;
  keeper: CredentialKeeper | undefined;
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** without a store, the process knows at least */
const ofThisProcess = new MemoryCredentials();
const secretsKnown = 3;
const askAgainMs = 200;

/**
 * A secret that its use may replace by a new one, which ends the old one (OAuth 2.0 refresh tokens, RFC 9700 §4.14.2). It is used by one at a time,
 * over all connectors and instances, and the new one is kept before anything else is done: sending an old one again may end the whole grant.
 *
 * It is kept under a name made of the typed one, and sealed with a key made of the typed one. So whoever has only the store has nothing, all that
 * were given the same find it, and when another is typed, that one counts.
 */
export class RotatingSecret {
  private readonly options: RotatingSecretOptions;
  private readonly keeper: CredentialKeeper;
  private readonly id: string;
  private readonly holder = randomUUID();
  /** replaced by use, but the store did not take it */
  private unkept: string | undefined;
  private readonly learned: (() => void)[] = [];

  constructor(options: RotatingSecretOptions) {
    this.options = options;
    this.keeper = options.keeper ?? ofThisProcess;
    this.id = nameOfSecret(options.typed, options.use);
  }

  /** `work` gives, with its result, the secret that is valid from now on; undefined = still the same. */
  async use<T>(work: (secret: string) => Promise<{ result: T; next: string | undefined }>): Promise<T> {
    const { sealed } = await this.turn();
    let done: { result: T; next: string | undefined };
    try {
      const current = this.unkept ?? (sealed === undefined ? this.options.typed : this.opened(sealed));
      this.learn(current);
      done = await work(current);
    } catch (error) {
      await this.keep().catch(() => undefined);
      throw error;
    }
    if (done.next !== undefined) this.learn((this.unkept = done.next));
    await this.keep();
    return done.result;
  }

  /** Ends the turn. What the store does not take is used, and kept, at the next: the turn is still this connector's until its time is over. */
  private async keep(): Promise<void> {
    const { typed, now } = this.options;
    const sealed = this.unkept === undefined ? undefined : sealText(this.unkept, typed);
    await this.keeper.returnCredential(this.id, this.holder, sealed, now());
    this.unkept = undefined;
  }

  async forget(): Promise<void> {
    await this.keeper.forgetCredential(this.id);
  }

  private async turn(): Promise<{ sealed?: string }> {
    const { useMs, now, sleep } = this.options;
    const turnMs = useMs + 10_000;
    for (let waited = 0; ; waited += askAgainMs) {
      const kept = await this.keeper.borrowCredential(this.id, this.holder, turnMs, now());
      if (kept) return kept;
      if (waited >= turnMs) break;
      await sleep(askAgainMs);
    }
    throw new Failure({
      class: 'transient.unavailable',
      ...inWords('SIGN_IN_ELSEWHERE'),
      system: this.options.system,
    });
  }

  private opened(sealed: string): string {
    const secret = unsealText(sealed, this.options.typed);
    if (secret !== undefined) return secret;
    throw new Failure({
      class: 'auth.denied',
      ...inWords('KEPT_TOKEN_UNREADABLE'),
      system: this.options.system,
    });
  }

  private learn(secret: string): void {
    this.learned.push(knownSecrets.learn(secret));
    if (this.learned.length > secretsKnown) this.learned.shift()?.();
  }
}
