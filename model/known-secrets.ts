import { decodedOnce, mayBeEncoded } from './decoded-text.ts';
import { formsOf, isTellable } from './secret-forms.ts';
import { TextSearch } from './text-search.ts';

/** What stands in place of a secret. */
const removed = '•••';
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
  private search: TextSearch | undefined;
  private isCurrent = true;

  /** From now on it is removed everywhere. The answer says that it is used no longer. */
  learn(secret: string): () => void {
    const value = secret.trim();
    if (!isTellable(value)) return () => undefined;
    const known = this.used.get(value);
    if (!known && !this.former.has(value)) this.isCurrent = false;
    this.used.set(value, { users: (known?.users ?? 0) + 1, forms: known?.forms ?? this.former.get(value) ?? formsOf(value) });
    this.former.delete(value);
    if (this.used.size > mostSecrets) this.used.delete(this.used.keys().next().value as string);
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
    const search = this.current();
    return search && text.length >= search.shortest ? withoutAny(search, text) : text;
  }

  /** Whether any text of a value holds one; names of properties too. As deep as the value is. */
  areIn(value: unknown): boolean {
    const search = this.current();
    if (!search) return false;
    const { shortest } = search;
    if (typeof value === 'string') return value.length >= shortest && holdsAny(search, value);
    if (typeof value !== 'object' || value === null) return false;
    const left: object[] = [value];
    for (let next = left.pop(); next; next = left.pop()) {
      if (Array.isArray(next)) {
        for (const part of next as unknown[]) {
          if (typeof part === 'string') {
            if (part.length >= shortest && holdsAny(search, part)) return true;
          } else if (typeof part === 'object' && part !== null) left.push(part);
        }
        continue;
      }
      for (const name in next) {
        if (name.length >= shortest && holdsAny(search, name)) return true;
        const part = (next as Record<string, unknown>)[name];
        if (typeof part === 'string') {
          if (part.length >= shortest && holdsAny(search, part)) return true;
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
    for (const oldest of this.former.keys()) {
      if (this.former.size <= mostFormer) break;
      this.former.delete(oldest);
      this.isCurrent = false;
    }
  }

  private current(): TextSearch | undefined {
    if (!this.isCurrent) {
      const forms = [...[...this.used.values()].map((known) => known.forms), ...this.former.values()].flat();
      this.search = forms.length > 0 ? new TextSearch(forms) : undefined;
      this.isCurrent = true;
    }
    return this.search;
  }
}

export const knownSecrets = new KnownSecrets();

/** No encoder writes a text more times over. */
const mostReadings = 3;

/** In one of their forms, or with some of their signs written in another way: each encoder has signs of its own that it leaves. */
function holdsAny(search: TextSearch, text: string): boolean {
  return search.find(text) !== undefined || (mayBeEncoded(text) && placesOf(search, text).length > 0);
}

function withoutAny(search: TextSearch, given: string): string {
  let text = search.replace(given, removed);
  // what is written twice over is found after what is written once
  for (let places = encodedPlaces(search, text); places.length > 0; places = encodedPlaces(search, text)) {
    let result = '';
    let shown = 0;
    for (const [from, to] of places) {
      result += text.slice(shown, from) + removed;
      shown = to;
    }
    text = result + text.slice(shown);
  }
  return text;
}

const encodedPlaces = (search: TextSearch, text: string) => (mayBeEncoded(text) ? placesOf(search, text) : []);

/** Where secrets stand that are found when the text is read, once or several times over: all of the first reading that shows any. */
function placesOf(search: TextSearch, written: string): [from: number, to: number][] {
  let text = written;
  let from = (at: number): number => at;
  for (let reading = 1; reading <= mostReadings; reading++) {
    const decoded = decodedOnce(text);
    if (!decoded) break;
    const before = from;
    from = (at) => before(decoded.from(at));
    text = decoded.text;
    const places: [number, number][] = [];
    for (let found = search.find(text); found; found = search.find(text, found.at + found.length)) {
      places.push([from(found.at), from(found.at + found.length)]);
    }
    if (places.length > 0) return places;
  }
  return [];
}

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
