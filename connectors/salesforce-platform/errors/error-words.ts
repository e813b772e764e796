import type { TableOfWords } from '../../../declarations/system.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords } from '../../../model/failure-words.ts';
import { errorTable, statusTable } from './error-table.ts';
import { tokenErrors } from './token-errors.ts';

const code = (text: string) => `\`${text}\``;
const english = (remedy: Words) => inWords('AS_SAID', { message: '', remedy }).remedy;

/** What its refusals become, for `docs/errors.md`. */
export function errorWords(): TableOfWords {
  const rows = [...Object.entries(errorTable), ...Object.entries(statusTable)];
  return {
    columns: ['code or status', 'class', 'remedy'],
    rows: rows.map(([name, meaning]) => [code(name), code(meaning.class), english(meaning.remedy)]),
  };
}

/** The same of a sign-in. */
export function signInWords(): TableOfWords {
  return {
    columns: ['`error`', 'when the description says', 'class', 'remedy'],
    rows: tokenErrors.map(({ error, description, class: failureClass, remedy }) => [
      error ? code(error) : 'any',
      description ? code(description.source.replaceAll('\\/', '/')) : 'anything else',
      code(failureClass),
      english(remedy),
    ]),
  };
}
