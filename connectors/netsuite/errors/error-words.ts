import type { TableOfWords } from '../../../declarations/system.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords } from '../../../model/failure-words.ts';
import { lockedCode, meaningByCode, meaningByFamily, meaningByStatus, otherMeaning, readLocked, readRefused } from './error-table.ts';

const code = (text: string) => `\`${text}\``;
const english = (remedy: Words) => inWords('AS_SAID', { message: '', remedy }).remedy;

/** What its refusals become, for `docs/errors.md`. */
export function errorWords(): TableOfWords {
  const meanings = [...Object.entries(meaningByCode), ...Object.entries(meaningByStatus)];
  return {
    columns: ['code or status', 'class', 'remedy'],
    rows: [
      ...meanings.map(([name, meaning]) => [code(name), code(meaning.class), english(meaning.remedy)]),
      [`a read refused as ${code(lockedCode)}`, code(readLocked.class), english(readLocked.remedy)],
      ['a read refused as `USER_ERROR`, but for a permission named in English', code(readRefused.class), english(readRefused.remedy)],
      ...meaningByFamily.map(({ codes, meaning }) => [
        `others like \`${codes.source.replaceAll('|', ' or ')}\``,
        code(meaning.class),
        english(meaning.remedy),
      ]),
      ['anything else', code(otherMeaning.class), english(otherMeaning.remedy)],
    ],
  };
}
