import type { Told } from '../../../model/failure-sentence.ts';
import { Failure } from '../../../model/failure.ts';
import type { Json } from '../../../model/json.ts';
import { type Row, text } from '../wire/envelope.ts';

/** Does a field of a record hold this? What is not there is the same as nothing. */
export function holdsValue(row: Row, field: string, value: Json): boolean {
  if (typeof value === 'boolean') return (row[field] === true) === value;
  return plain(text(row, field)) === plain(value === null ? undefined : String(value));
}

/** Line ends and blanks at the ends are Kantata's to change. */
const plain = (value: string | undefined) => (value ?? '').replace(/\r\n?/g, '\n').trim();

/** What goes wrong is told of this record. */
export async function about<T>(record: Told, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw Failure.is(error) && !error.record ? error.with({ record }) : error;
  }
}
