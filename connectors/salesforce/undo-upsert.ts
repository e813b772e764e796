import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { UndoneWrite } from '../../model/operations.ts';

/**
 * An upsert has no inverse: what the fields held before is not known. Values written into records that were there stay
 * (a status that sales reads); a record that was created is for a person to delete.
 */
export async function undoUpsert({ business, title, result }: UndoneWrite): Promise<void> {
  if (!createdAny(result)) return;
  throw new Failure({
    class: 'business.rejected',
    code: 'NO_INVERSE',
    message: `${title} created a record, which is not deleted automatically.`,
    system: 'salesforce',
    record: business,
    remedy: 'Delete it in Salesforce if it is not needed, then discard the run.',
  });
}

function createdAny(result: Json): boolean {
  if (Array.isArray(result)) return result.some(createdAny);
  if (typeof result !== 'object' || result === null) return false;
  return result['created'] === true || Object.values(result).some((value) => createdAny(value ?? null));
}
