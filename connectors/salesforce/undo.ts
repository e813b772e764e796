import { Failure } from '../../model/failure.ts';
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
    throw new Failure({
      ...of,
      code: 'NO_INVERSE',
      message: `${title} created a record, which is not deleted automatically.`,
      remedy: 'Delete it in Salesforce if it is not needed, then discard the run.',
    });
  }
  if (rows.some((row) => !isObject(row) || row['created'] !== false)) {
    throw new Failure({
      ...of,
      code: 'CREATED_UNKNOWN',
      message: `${title}: its first answer was lost, so it is not known whether it created a record or changed one that was there.`,
      remedy: 'See in Salesforce when the record was created. Delete it if this run made it and it is not needed, then discard the run.',
    });
  }
}

const isRefused = (row: Json) => isObject(row) && 'errors' in row;
