import { failures as germanFailures } from '../locales/de/failures.generated.ts';
import german from '../locales/de/ps-connect.json' with { type: 'json' };
import english from '../locales/en-US/ps-connect.json' with { type: 'json' };
import { type FailureLanguage, languageOf } from '../model/failure-sentence.ts';
import { textIn, type Words } from './words.ts';

/** The page carries its texts, because it must speak before anybody has signed in. */
const catalogues: Record<string, { console: unknown }> = { 'en-US': english, de: german };
/** Failures are stored in English. */
const failures: Record<string, Parameters<typeof languageOf>[1]> = { de: germanFailures };

/** The first language that there are texts for: the one chosen in the editor, then those of the browser, then English. */
export function pageWords(
  chosen: string | undefined,
  preferred: readonly string[],
): { language: string; words: Words; failures: FailureLanguage } {
  const wanted = [...(chosen ? [chosen] : []), ...preferred, 'en-US'];
  const known = Object.keys(catalogues);
  const language =
    wanted.map((one) => known.find((name) => name.split('-')[0] === one.split('-')[0])).find((name) => name !== undefined) ?? 'en-US';
  const own = catalogues[language]?.console;
  return { language, words: (key, values) => textIn(own, key, values), failures: languageOf(language, failures[language] ?? {}) };
}
