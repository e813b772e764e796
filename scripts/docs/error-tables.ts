import { errorTable as kantata, unnamedRefusal, unnamedServerError } from '../../connectors/kantata/error-table.ts';
import {
  lockedCode,
  meaningByCode,
  meaningByFamily,
  meaningByStatus,
  otherMeaning,
  readLocked,
  readRefused,
} from '../../connectors/netsuite/error-table.ts';
import { errorTable as salesforce, statusTable } from '../../connectors/salesforce/error-table.ts';
import { tokenErrors } from '../../connectors/salesforce/token-errors.ts';
import { type Reaction, reactions } from '../../engine/retry-policy.ts';
import { failureClasses } from '../../model/failure.ts';
import { failureClassWords } from './failure-classes.ts';
import { markdownTable } from './markdown-table.ts';

const reactionWords: Record<Reaction, string> = {
  retry: 'delivered again after a growing delay, up to the policy’s attempts; then dead letter',
  wait: 'delivered again at the longest delay, without end',
  park: 'dead letter at once',
};

const code = (text: string | number) => `\`${text}\``;

export function classTable(): string {
  return markdownTable(
    ['class', 'means', 'what happens', 'what you do'],
    failureClasses.map((name) => {
      const { means, todo } = failureClassWords[name];
      return [code(name), means, reactionWords[reactions[name]], todo];
    }),
  );
}

export function salesforceTable(): string {
  return markdownTable(
    ['code or status', 'class', 'remedy'],
    [...Object.entries(salesforce), ...Object.entries(statusTable)].map(([name, { class: failureClass, remedy }]) => [
      code(name),
      code(failureClass),
      remedy,
    ]),
  );
}

export function salesforceSignInTable(): string {
  return markdownTable(
    ['`error`', 'when the description says', 'class', 'remedy'],
    tokenErrors.map(({ error, description, class: failureClass, remedy }) => [
      error ? code(error) : 'any',
      description ? code(description.source.replaceAll('\\/', '/')) : 'anything else',
      code(failureClass),
      remedy,
    ]),
  );
}

export function netsuiteTable(): string {
  const rows = [...Object.entries(meaningByCode), ...Object.entries(meaningByStatus)].map(([name, { class: failureClass, remedy }]) => [
    code(name),
    code(failureClass),
    remedy,
  ]);
  const families = meaningByFamily.map(({ codes, meaning }) => [
    `others like \`${codes.source.replaceAll('|', ' or ')}\``,
    code(meaning.class),
    meaning.remedy,
  ]);
  const locked = [`a read refused as ${code(lockedCode)}`, code(readLocked.class), readLocked.remedy];
  const read = ['a read refused as `USER_ERROR`, but for a permission named in English', code(readRefused.class), readRefused.remedy];
  return markdownTable(
    ['code or status', 'class', 'remedy'],
    [...rows, locked, read, ...families, ['anything else', code(otherMeaning.class), otherMeaning.remedy]],
  );
}

export function kantataTable(): string {
  const rows = kantata.map(({ status, fields, class: failureClass, code: name, remedy }) => [
    String(status),
    fields?.map(code).join(', ') ?? 'any',
    code(name),
    code(failureClass),
    remedy,
  ]);
  return markdownTable(
    ['status', 'field', 'our code', 'class', 'remedy'],
    [
      ...rows,
      ...[unnamedServerError, unnamedRefusal].map(({ class: failureClass, code: name, remedy }, index) => [
        index === 0 ? 'other 5xx' : 'other',
        'any',
        code(name),
        code(failureClass),
        remedy,
      ]),
    ],
  );
}
