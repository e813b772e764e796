import { formsOf, isTellable } from './secret-forms.ts';
import { removed, SecretSearch } from './secret-search.ts';

/** secrets looked for at most; those that are used no longer go first */
const mostSecrets = 1_000;
/** A failure may still speak of a secret after its node has gone: so many are kept. */
const mostFormer = 100;

/**
 * The secrets that this process works with: credentials of connections and webhooks, tokens that systems gave. Whatever is stored, logged or
 * answered goes through here, whatever path it takes, so that a system which echoes a secret puts it nowhere.
 */
export class KnownSecrets {
  private readonly used = new Map<string, { users: number; forms: string[] }>();
  private readonly former = new Map<string, string[]>();
  private readonly search = new SecretSearch();

  /** From now on it is removed everywhere. The answer says that it is used no longer. */
  learn(secret: string): () => void {
    const value = secret.trim();
    if (!isTellable(value)) return () => undefined;
    const known = this.used.get(value);
    const forms = known?.forms ?? this.former.get(value) ?? this.lookFor(value);
    this.used.set(value, { users: (known?.users ?? 0) + 1, forms });
    this.former.delete(value);
    if (this.used.size > mostSecrets) this.dropOldest();
    let told = false;
    return () => {
      if (told) return;
      told = true;
      this.leave(value);
    };
  }

  /** Several at once; what is not there is left out. */
  learnAll(secrets: Iterable<string | undefined>): () => void {
    const forget = [...secrets].flatMap((secret) => (secret ? [this.learn(secret)] : []));
    return () => forget.forEach((one) => one());
  }

  /** A text without them. */
  without(text: string): string {
    return text.length >= this.search.shortest ? this.search.without(text) : text;
  }

  /** The same of what they are looked for in again once it is read: whatever an encoder writes in its own way is left until then. */
  withoutForms(text: string): string {
    return this.search.withoutForms(text);
  }

  /** Whether one may be in there with some of its signs written in another way. */
  mayBeEncodedIn(text: string): boolean {
    return this.search.mayBeEncodedIn(text);
  }

  /** Whether any text of a value holds one; names of properties too. As deep as the value is. */
  areIn(value: unknown): boolean {
    const { search } = this;
    const { shortest } = search;
    if (shortest === Number.POSITIVE_INFINITY) return false;
    if (typeof value === 'string') return value.length >= shortest && search.isIn(value);
    if (typeof value !== 'object' || value === null) return false;
    const left: object[] = [value];
    for (let next = left.pop(); next; next = left.pop()) {
      if (Array.isArray(next)) {
        for (const part of next as unknown[]) {
          if (typeof part === 'string') {
            if (part.length >= shortest && search.isIn(part)) return true;
          } else if (typeof part === 'object' && part !== null) left.push(part);
        }
        continue;
      }
      for (const name in next) {
        if (name.length >= shortest && search.isIn(name)) return true;
        const part = (next as Record<string, unknown>)[name];
        if (typeof part === 'string') {
          if (part.length >= shortest && search.isIn(part)) return true;
        } else if (typeof part === 'object' && part !== null) left.push(part);
      }
    }
    return false;
  }

  /** The value itself when there is none in it, else a copy without them. */
  withoutIn<T>(value: T): T {
    return this.areIn(value) ? (this.copy(value) as T) : value;
  }

  private copy(value: unknown): unknown {
    if (typeof value === 'string') return this.without(value);
    if (Array.isArray(value)) return value.map((part) => this.copy(part));
    if (typeof value !== 'object' || value === null) return value;
    const copied = Object.fromEntries(Object.entries(value).map(([name, part]) => [this.without(name), this.copy(part)]));
    // what is not written out goes along: of whom an answer is (model/redact.ts)
    for (const symbol of Object.getOwnPropertySymbols(value)) Reflect.set(copied, symbol, Reflect.get(value, symbol));
    return copied;
  }

  private leave(value: string): void {
    const known = this.used.get(value);
    if (!known || --known.users > 0) return;
    this.used.delete(value);
    this.former.set(value, known.forms);
    for (const [oldest, forms] of this.former) {
      if (this.former.size <= mostFormer) break;
      this.former.delete(oldest);
      this.search.drop(oldest, forms);
    }
  }

  private lookFor(secret: string): string[] {
    const forms = formsOf(secret);
    this.search.add(secret, forms);
    return forms;
  }

  private dropOldest(): void {
    const [oldest, { forms }] = this.used.entries().next().value as [string, { forms: string[] }];
    this.used.delete(oldest);
    this.search.drop(oldest, forms);
  }
}

export const knownSecrets = new KnownSecrets();

/** What says of itself that it is a secret, in an address or a header that somebody quotes. */
const telling =
  /((?:[?&;\s"'{,]|^)(?:access_token|refresh_token|id_token|client_secret|client_assertion|assertion|password|passwd|secret|api_key|apikey|sig|signature|sid|oauth_signature|oauth_token)=)[^&\s"'<>,;]+/gi;
const user = /(\/\/)[^/?#\s"'<>@]{1,300}@/g;
const authorization = /\b(Bearer|Basic) [^\s"'<>&,;]{8,}/gi;

/** A sentence for people: without known secrets, and without what is said to be one. */
export function withoutSecrets(sentence: string): string {
  const text = knownSecrets.without(sentence);
  if (!/[=@]|bearer|basic/i.test(text)) return text;
  return text.replace(telling, `$1${removed}`).replace(user, `$1${removed}@`).replace(authorization, `$1 ${removed}`);
}
