/** What a failure says, as something that each language can say: the key of its words in `locales/<language>/failures/`, and what fills their gaps. */
export type Words = {
  /** `RATE_CURRENCY`, or `ROLE_WITHOUT_RATE.region` where one code has several sentences */
  key: string;
  /**
   * Name and value of each gap. A list, since the name of a field of an object says whether its value is personal or secret: these are masked as the
   * sentences are.
   */
  params?: [name: string, value: Param][];
};

/** What fills a gap: a text as it is (a code, a name, what a system said), a part with words of its own, or several. */
export type Param = string | number | Words | Count | Listed;

/** A number written as the language writes it: `5,000`, `5.000`. */
export type Count = { count: number };

/** A text that stands alone, such as what a record is called: as it is, or a part of a sentence with words of its own. */
export type Told = string | Words;

/** Parts one after the other; `join` is the key of what stands between them. */
export type Listed = { join: string; parts: Param[] };

/** One language: its tag, and its text under a key. A failure has a message and may have a remedy, a part of a sentence has one text. */
export interface FailureLanguage {
  tag: string;
  text(key: string, part: TextPart): string | undefined;
}
type TextPart = 'message' | 'remedy' | 'text';

/** What there is to read: of a failure, or of one of its issues. */
export interface Said {
  message: string;
  remedy?: string;
  /** as it was stored, so that it may be anything */
  words?: { key: string; params?: unknown };
}

/** Message and remedy in a language; as they were stored when they have no words, or the language lacks one of them. */
export function sentence({ message, remedy, words }: Said, language: FailureLanguage): { message: string; remedy?: string } {
  const stored = { message, ...(remedy === undefined ? {} : { remedy }) };
  if (!isWords(words)) return stored;
  try {
    const said = textOf(words, 'message', language, 0);
    const todo = textOf(words, 'remedy', language, 0).trim();
    return todo ? { message: said, remedy: todo } : { message: said };
  } catch (error) {
    if (error instanceof WithoutWords) return stored;
    throw error;
  }
}

/** Message and remedy in one text. */
export function wholeSentence(said: Said, language: FailureLanguage): string {
  const { message, remedy } = sentence(said, language);
  return [message, remedy].filter(Boolean).join(' ');
}

/** The language of a catalogue as it stands in `locales/`. */
export function languageOf(tag: string, catalogue: Readonly<Record<string, Readonly<Record<string, string>>>>): FailureLanguage {
  return { tag, text: (key, part) => (Object.hasOwn(catalogue, key) ? catalogue[key]?.[part] : undefined) };
}

/** The language of a catalogue as it is shipped, where a short key stands for each. */
export function shippedLanguage(tag: string, catalogue: Parameters<typeof languageOf>[1]): FailureLanguage {
  const { text } = languageOf(tag, catalogue);
  return { tag, text: (key, part) => text(shortKey(key), part) };
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Four characters for the key of a text (FNV-1a, folded to 24 bits): the keys of all failures, in each language, were a fifth of what is shipped. The
 * build fails where two keys come to one.
 */
export function shortKey(key: string): string {
  let hash = 0x811c9dc5;
  for (let place = 0; place < key.length; place++) hash = Math.imul(hash ^ key.charCodeAt(place), 0x01000193);
  return [0, 6, 12, 18].map((bit) => digits[((hash ^ (hash >>> 24)) >>> bit) & 63]).join('');
}

/** The language of Node-RED's own catalogue as it is shipped, which answers the key where it has no text, and fills the gaps of a text itself if it may. */
export function catalogueLanguage(tag: string, look: (key: string, options: Record<string, unknown>) => string): FailureLanguage {
  return {
    tag,
    text: (key, part) => {
      const at = `failures.${shortKey(key)}.${part}`;
      const found = look(at, { skipInterpolation: true });
      return typeof found !== 'string' || found.endsWith(at) ? undefined : found;
    },
  };
}

class WithoutWords extends Error {}
/** No sentence is made of parts of parts of so many parts. */
const deepest = 7;

/** A part of a sentence says of itself what the whole is asked for: its message in a message, its remedy in a remedy. */
function textOf({ key, params }: Words, part: 'message' | 'remedy', language: FailureLanguage, depth: number): string {
  const template = language.text(key, part) ?? language.text(key, 'text');
  if (template === undefined) {
    if (part === 'remedy' && language.text(key, 'message') !== undefined) return '';
    throw new WithoutWords(key);
  }
  const values = new Map(params);
  return template.replace(/__(\w+?)__/g, (_gap, name: string) => {
    const own = gapName(name);
    const text = shown(values.get(own), part, language, depth + 1);
    return own === name ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  });
}

/** A gap whose name begins with a capital letter is filled with what begins so: `__Record__` with `Project ENG-0001`, `__record__` with `project ENG-0001`. */
export const gapName = (gap: string): string => `${gap.charAt(0).toLowerCase()}${gap.slice(1)}`;

function shown(value: unknown, part: 'message' | 'remedy', language: FailureLanguage, depth: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (depth > deepest || typeof value !== 'object' || value === null) throw new WithoutWords();
  if ('key' in value && isWords(value)) return textOf(value, part, language, depth);
  if ('count' in value && typeof value.count === 'number') return new Intl.NumberFormat(language.tag).format(value.count);
  if ('parts' in value && Array.isArray(value.parts) && 'join' in value && typeof value.join === 'string') {
    return value.parts.map((one) => shown(one, part, language, depth + 1)).join(textOf({ key: value.join }, part, language, depth));
  }
  throw new WithoutWords();
}

function isWords(value: unknown): value is Words {
  if (typeof value !== 'object' || value === null || !('key' in value) || typeof value.key !== 'string') return false;
  const params = 'params' in value ? value.params : undefined;
  return params === undefined || (Array.isArray(params) && params.every((pair) => Array.isArray(pair) && typeof pair[0] === 'string'));
}
