import type { Words } from '../../../../model/failure-sentence.ts';
import { boundedText } from '../../../../model/bounded-text.ts';
import { Failure } from '../../../../model/failure.ts';
import { type FailureText, inWords } from '../../../../model/failure-words.ts';
import { type Row, text } from '../../wire/envelope.ts';

/** Why it cannot be said how much time a person has: what stands in a field of one of his records. */
export function unreadable(record: Words, { row, collection, field }: { row: Row; collection: string; field: string }): Failure {
  const value = row[field];
  const shown = value === undefined || value === null ? undefined : boundedText(String(value), 100);
  const id = text(row, 'id') ?? '';
  return unknownTime(
    record,
    { field: `${collection}.${field}`, value: shown },
    shown === undefined
      ? inWords('AVAILABILITY_UNKNOWN.empty', { record, collection, id, field })
      : inWords('AVAILABILITY_UNKNOWN', { record, collection, id, field, value: shown }),
  );
}

export function unknownTime(record: Words, { field, value }: { field: string; value?: string | undefined }, said: FailureText): Failure {
  return new Failure({ class: 'contract.drift', ...said, system: 'kantata', record, field, ...(value === undefined ? {} : { value }) });
}
