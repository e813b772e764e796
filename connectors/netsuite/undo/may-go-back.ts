import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { UndoneWrite } from '../../../model/operations.ts';
import type { ChangedFields } from '../../kit/change-record.ts';
import { holdsValue } from '../records/field-values.ts';
import { invoicesOf } from '../records/invoices-of-project.ts';
import type { NetSuiteApi, RecordType } from '../wire.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

/** What must be so when fields that were changed are put back; without it, each that still holds what it was set to is. */
export type PuttingBack = {
  /** all of them, or none */
  together?: true;
  /** another record must still hold this: a price is not put back under other shares of it */
  beside?: { type: RecordType; id: string; holds: JsonObject };
  /** internal id of a project: nothing is put back once it was invoiced */
  unlessInvoiced?: string;
};

/** Throws for a record whose fields belong together and were changed since, or were billed by: what holds then, a person says. */
export function mayGoBack(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  { business, title }: UndoneWrite,
  { id, former, undoing }: { id: string; former: ChangedFields; undoing: PuttingBack },
  signal: AbortSignal,
): (found: JsonObject) => Promise<void> {
  const { together, beside, unlessInvoiced } = undoing;
  const names = Object.keys(former);
  const refused = (said: FailureText, field: string, value?: string) =>
    new Failure({
      class: 'business.rejected',
      ...said,
      system: 'netsuite',
      record: business,
      field,
      ...(value === undefined ? {} : { value }),
      outcome: 'not-made',
    });
  return async (found) => {
    if (names.every((name) => holdsValue(found, name, former[name]!.was))) return;
    const since = together ? names.find((name) => !holdsValue(found, name, former[name]!.set)) : undefined;
    if (since !== undefined) throw refused(inWords('UNDO_CHANGED.netsuite-since', { title, id }), since);
    if (beside) {
      const other = await api.ifThere(beside.type, { id: beside.id }, signal);
      const moved = Object.keys(beside.holds).find((name) => !other || !holdsValue(other, name, beside.holds[name] ?? null));
      if (moved !== undefined) throw refused(inWords('UNDO_CHANGED.netsuite-since', { title, id: beside.id }), moved);
    }
    const [invoice] = unlessInvoiced ? await invoicesOf(suiteQl, unlessInvoiced, signal) : [];
    if (invoice !== undefined) throw refused(inWords('UNDO_CHANGED.netsuite-invoiced', { title, invoice }), names[0] ?? '', invoice);
  };
}
