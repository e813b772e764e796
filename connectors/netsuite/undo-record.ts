import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { OperationContext, UndoneWrite } from '../../model/operations.ts';
import type { NetSuiteApi, RecordType } from './netsuite-api.ts';
import { column, type SuiteQl } from './suiteql.ts';

/** What a write keeps for its undoing: the record it made, or the field it filled in a record that was there. */
export type NetSuiteUndo = { type: RecordType; externalId: string; field?: string };

/** Records that may be set inactive where NetSuite refuses to delete them because others refer to them. */
const canBeInactive: ReadonlySet<RecordType> = new Set(['customer', 'job', 'billingSchedule']);

type Gone = { how: 'deleted' | 'inactivated' | 'emptied' | 'in use' };

/**
 * Takes back a record that this run made: deleted, or inactivated where other records depend on it meanwhile. A customer
 * that another project uses stays as it is. `DELETE /record/v1/{type}/eid:{externalId}`:
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1545141500.html
 */
export async function undoRecord(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  { business, title, undo, result }: UndoneWrite,
  { effects, signal }: OperationContext,
): Promise<void> {
  const { type, externalId, field } = undo as NetSuiteUndo;
  if ((result as { corrected?: boolean } | null)?.corrected) {
    throw new Failure({
      class: 'business.rejected',
      code: 'NO_INVERSE',
      message: `${title} corrected a record that was there before; what it held is not known.`,
      system: 'netsuite',
      record: business,
      remedy: 'Correct it in NetSuite by hand, then discard the run.',
    });
  }
  await effects.write<Gone>({
    key: `undo ${business}`,
    title: `Undo: ${title}`,
    request: undo,
    settle: 'probe',
    probe: async () => {
      const record = await api.read(type, externalId, signal);
      if (record === undefined) return { how: 'deleted' };
      if (field) return isEmpty(record[field]) ? { how: 'emptied' } : undefined;
      return record['isInactive'] === true ? { how: 'inactivated' } : undefined;
    },
    send: async () => {
      if (field) {
        await api.change(type, externalId, { [field]: null }, signal);
        return { how: 'emptied' };
      }
      try {
        await api.remove(type, externalId, signal);
        return { how: 'deleted' };
      } catch (error) {
        const failure = Failure.from(error);
        const refused = !failure.class.startsWith('transient.') && !failure.class.startsWith('auth.') && failure.code !== 'ABORTED';
        if (!refused || !canBeInactive.has(type)) throw failure.with({ record: `${type} ${externalId}` });
      }
      if (type === 'customer' && (await hasProjects(suiteQl, externalId, signal))) return { how: 'in use' };
      await api.change(type, externalId, { isInactive: true }, signal);
      return { how: 'inactivated' };
    },
  });
}

async function hasProjects(suiteQl: SuiteQl, customer: string, signal: AbortSignal): Promise<boolean> {
  const query = (condition: string) => `SELECT id, externalid FROM customer WHERE ${condition} ORDER BY id`;
  const [found] = await suiteQl.whereIn('externalid', [customer], query, signal);
  if (!found) return false;
  const jobs = await suiteQl.whereIn(
    'parent',
    [column(found, 'id')],
    (condition) => `SELECT id FROM job WHERE ${condition} AND isinactive = 'F' ORDER BY id`,
    signal,
  );
  return jobs.length > 0;
}

const isEmpty = (value: Json | undefined) => value === undefined || value === null || value === '';
