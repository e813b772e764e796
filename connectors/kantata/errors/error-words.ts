import type { TableOfWords } from '../../../declarations/system.ts';
import { errorTable, unnamedRefusal, unnamedServerError } from './error-table.ts';

const code = (text: string) => `\`${text}\``;

/** What its refusals become, for `docs/errors.md`. */
export function errorWords(): TableOfWords {
  return {
    columns: ['status', 'field', 'our code', 'class', 'remedy'],
    rows: [
      ...errorTable.map(({ status, fields, class: failureClass, code: name, remedy }) => [
        String(status),
        fields?.map(code).join(', ') ?? 'any',
        code(name),
        code(failureClass),
        remedy,
      ]),
      ...[unnamedServerError, unnamedRefusal].map(({ class: failureClass, code: name, remedy }, index) => [
        index === 0 ? 'other 5xx' : 'other',
        'any',
        code(name),
        code(failureClass),
        remedy,
      ]),
    ],
  };
}
