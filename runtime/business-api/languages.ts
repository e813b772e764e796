import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FailureLanguage, shippedLanguage } from '../../model/failure-sentence.ts';

/** As it is thrown and stored: what has no other words is said in these. */
const english: FailureLanguage = { tag: 'en', text: () => undefined };

/** Beside the bundle in `dist/`; from the source tree, in what was built from it. */
const folder = () => join(...(typeof __dirname === 'undefined' ? [import.meta.dirname, '..', '..', 'dist'] : [__dirname]), 'locales');

const read = new Map<string, FailureLanguage>();
let tags: string[] | undefined;

/** The language of ours that a caller likes best (`Accept-Language`, RFC 9110 §12.5.4); where there is none, English. */
export function languageFor(header: string | undefined): FailureLanguage {
  tags ??= existsSync(folder()) ? readdirSync(folder()) : [];
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, place) => {
      const [tag = '', ...more] = part
        .toLowerCase()
        .split(';')
        .map((one) => one.trim());
      const weight = more.find((one) => one.startsWith('q='));
      return { primary: tag.split('-')[0]!, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0, place };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || one.place - other.place);
  for (const { primary } of wanted) {
    if (primary === 'en' || primary === '*') return english;
    const tag = tags.find((one) => one.toLowerCase().split('-')[0] === primary);
    if (tag !== undefined) return languageIn(tag);
  }
  return english;
}

function languageIn(tag: string): FailureLanguage {
  const known = read.get(tag);
  if (known) return known;
  const { failures = {} } = JSON.parse(readFileSync(join(folder(), tag, 'ps-connect.json'), 'utf8')) as {
    failures?: Parameters<typeof shippedLanguage>[1];
  };
  const language = shippedLanguage(tag, failures);
  read.set(tag, language);
  return language;
}
