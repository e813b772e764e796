import type { TableOfWords } from '../../../declarations/system.ts';
import { lockedCode, meaningByCode, meaningByFamily, meaningByStatus, otherMeaning, readLocked, readRefused } from './error-table.ts';

const code = (text: string) => `\`${text}\``;

/** What its refusals become, for `docs/errors.md`. */
export function errorWords(): TableOfWords {
  const meanings = [...Object.entries(meaningByCode), ...Object.entries(meaningByStatus)];
  return {
    columns: ['code or status', 'class', 'remedy'],
    rows: [
      ...meanings.map(([name, meaning]) => [code(name), code(meaning.class), meaning.remedy]),
      [`a read refused as ${code(lockedCode)}`, code(readLocked.class), readLocked.remedy],
      ['a read refused as `USER_ERROR`, but for a permission named in English', code(readRefused.class), readRefused.remedy],
      ...meaningByFamily.map(({ codes, meaning }) => [
        `others like \`${codes.source.replaceAll('|', ' or ')}\``,
        code(meaning.class),
        meaning.remedy,
      ]),
      ['anything else', code(otherMeaning.class), otherMeaning.remedy],
    ],
  };
}
