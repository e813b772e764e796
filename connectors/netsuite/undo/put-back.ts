import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { UndoneWrite, Write } from '../../../model/operations.ts';
import { afterwards } from '../records/afterwards.ts';
import { holdsFields } from '../records/holds-fields.ts';
import { invoicesOf } from '../records/invoices-of-project.ts';
import type { NetSuiteApi, RecordType } from '../wire.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

/** What a change keeps for its undoing: the same fields before and after it. */
export type ChangedFields = { from: JsonObject; to: JsonObject; replace?: string; unlessInvoiced?: string };

/** How what a record held before this run changed it is put back, where it still holds what the run has written. What was changed since is left to a person. */
export function puttingBack(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  { business, title }: UndoneWrite,
  { type, id, changed: { from, to, replace, unlessInvoiced } }: { type: RecordType; id: string; changed: ChangedFields },
  signal: AbortSignal,
): Pick<Write<{ how: 'put back' | 'deleted' }>, 'send'> & { probe(): Promise<{ how: 'put back' | 'deleted' } | undefined> } {
  const refused = (said: ReturnType<typeof inWords<'UNDO_CHANGED.netsuite-since'>>, value?: string) =>
    new Failure({
      class: 'business.rejected',
      ...said,
      system: 'netsuite',
      record: business,
      field: Object.keys(to)[0] ?? '',
      ...(value === undefined ? {} : { value }),
      outcome: 'not-made',
    });
  return {
    probe: async () => {
      const there = await api.read(type, { id }, signal);
      if (there === undefined) return { how: 'deleted' };
      const lines = await api.details(type, { id }, signal);
      if (holdsFields(lines, from)) return { how: 'put back' };
      if (!holdsFields(lines, to)) throw refused(inWords('UNDO_CHANGED.netsuite-since', { title, id }));
      const [invoice] = unlessInvoiced ? await invoicesOf(suiteQl, unlessInvoiced, signal) : [];
      if (invoice !== undefined) throw refused(inWords('UNDO_CHANGED.netsuite-invoiced', { title, invoice }), invoice);
      return undefined;
    },
    send: async () => {
      await api.change(type, { id }, from, signal, replace);
      if (holdsFields(await afterwards(() => api.details(type, { id }, signal)), from)) return { how: 'put back' };
      throw new Failure({
        class: 'transient.timeout',
        ...inWords('UNDO_NOT_VISIBLE.netsuite-fields', { title }),
        system: 'netsuite',
        record: business,
        outcome: 'unknown',
      });
    },
  };
}
