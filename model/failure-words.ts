import { failures } from '../locales/en-US/failures.generated.ts';
import { languageOf, type Param, type Said, sentence, type Told, type Words } from './failure-sentence.ts';
import type { Catalogue, FailureKey } from './failure-keys.ts';
import { wordsWith } from './phrase.ts';

export type { FailureKey, PhraseKey } from './failure-keys.ts';
export { phrase } from './phrase.ts';

/** What a failure says, without what it is about: `inWords` makes it. */
export interface FailureText {
  code: string;
  message: string;
  remedy?: string;
  words?: Words;
}

type InWords<K extends FailureKey> = { code: string; message: string; words: Words } & (Catalogue[K] extends { remedy: string }
  ? { remedy: string }
  : { remedy?: undefined });

/** In English, which is stored, logged and searched. */
const english = languageOf('en', failures);

/**
 * Code, message, remedy and words of a failure or an issue, to be spread into it: `new Failure({ class, ...inWords('RATE_CURRENCY', { currency }) })`.
 * Message and remedy are English; the words are what every other language is made of. A test holds each call to the catalogues of all languages, so
 * that the key is written out, and the names of the gaps are, too.
 */
export function inWords<K extends FailureKey>(key: K, params: Record<string, Param> = {}): InWords<K> {
  const words = wordsWith(key, params);
  const said = sentence({ message: key, words }, english);
  return { code: key.split('.')[0]!, ...said, words } as InWords<K>;
}

/** As it is stored, logged and told to machines. */
export function inEnglish(told: Told): string {
  return typeof told === 'string' ? told : sentence({ message: told.key, words: told }, english).message;
}

/** What a failure or an issue says, to fill a gap of another one; what has no words is shown as it is. */
export function wordsOf({ message, remedy, words }: Said): Words {
  return (words as Words | undefined) ?? wordsWith('AS_SAID', { message, remedy: remedy ?? '' });
}
