import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { UndoneWrite } from '../../model/operations.ts';

/**
 * An upsert has no inverse: what the fields held before is not known. Values written into records that were there stay
 * (a status that sales reads); a record that was created is for a person to delete, and so is one of which nobody saw whether it was.
 */
export async function undoUpsert({ business, title, result }: UndoneWrite): Promise<void> {
  const rows = (Array.isArray(result) ? result : [result]).filter((row) => !isRefused(row));
  const of = { class: 'business.rejected', system: 'salesforce', record: business } as const;
  if (rows.some((row) => isObject(row) && row['created'] === true)) {
    throw new Failure({ ...of, ...inWords('NO_INVERSE.salesforce', { title }) });
  }
  if (rows.some((row) => !isObject(row) || row['created'] !== false)) {
    throw new Failure({ ...of, ...inWords('CREATED_UNKNOWN', { title }) });
  }
}

const isRefused = (row: Json) => isObject(row) && 'errors' in row;
