import { Failure } from '../../model/failure.ts';
import { inEnglish, inWords, phrase } from '../../model/failure-words.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OperationContext, UndoneWrite } from '../../model/operations.ts';
import type { Told } from '../../model/failure-sentence.ts';
import { changeBack, type ChangedFields } from '../kit/change-record.ts';
import { recordAccess } from './records/record-access.ts';
import type { NetSuiteApi, RecordKey, RecordType } from './wire.ts';
import { fieldText, isEmpty, referredId, referredName, textOrId } from './records/record-field.ts';
import { mayGoBack, type PuttingBack } from './undo/may-go-back.ts';
import type { SuiteQl } from './wire/suiteql.ts';

/** Whose a record is that was made: the field that says so, and the internal id that it was made with. */
export type MadeFor = { field: 'parent' | 'project' | 'subsidiary'; id: string };

/** What a write keeps for its undoing: the record it made, or the fields it filled in a record that was there. */
export type NetSuiteUndo = {
  type: RecordType;
  externalId: string;
  madeFor?: MadeFor;
  /** record whose fields were filled, and what with */
  id?: string;
  filled?: { [field: string]: string };
  /** fields that were changed: what they were, and what they were set to */
  former?: ChangedFields;
  undoing?: PuttingBack;
  /** as older effects keep it: the one field that was filled */
  field?: string;
};

/** Records that may be set inactive where NetSuite refuses to delete them because others refer to them. */
const canBeInactive: ReadonlySet<RecordType> = new Set(['customer', 'job', 'billingSchedule']);

type Gone = { how: 'deleted' | 'inactivated' | 'emptied' | 'in use' };

/**
 * Takes back a record that this run made: deleted, or inactivated where other records depend on it meanwhile. A customer that another project uses
 * stays as it is. The record is known by the id that NetSuite gave it, and looked at before and after: one that is another's by now is left to a
 * person. `DELETE /record/v1/{type}/{id}`: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1545141500.html
 */
export async function undoRecord(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  write: UndoneWrite,
  { effects, signal }: OperationContext,
): Promise<void> {
  const { business, title, undo, result } = write;
  const { type, externalId, field, id, madeFor, former, undoing, ...written } = undo as NetSuiteUndo;
  if (former && id !== undefined) {
    const access = recordAccess(api, business, { type, id }, signal);
    const guard = undoing && mayGoBack({ api, suiteQl }, write, { id, former, undoing }, signal);
    return changeBack(effects, access, { business, title, fields: former, result, ...(guard ? { mayGoBack: guard } : {}) });
  }
  const filled = filledBy(written.filled, result);
  if ((result as { corrected?: boolean } | null)?.corrected) {
    throw new Failure({
      class: 'business.rejected',
      ...inWords('NO_INVERSE.netsuite', { title }),
      system: 'netsuite',
      record: business,
    });
  }
  const key = keyOf(externalId, id ?? (field === undefined ? (result as { id?: unknown } | null)?.id : undefined));
  /** what became of it; `undefined` = it still stands */
  const seen = async (): Promise<Gone | undefined> => {
    const record = await api.read(type, key, signal);
    if (record === undefined) return { how: 'deleted' };
    if (filled ?? field) return stillFilled(record, filled, field).length === 0 ? { how: 'emptied' } : undefined;
    if (record['isInactive'] === true) return { how: 'inactivated' };
    mustBeAsMade(record, { business, title, externalId, madeFor });
    return undefined;
  };
  /** `false` = refused, and it can be set inactive instead */
  const removed = async (): Promise<boolean> => {
    try {
      await api.remove(type, key, signal);
      return true;
    } catch (error) {
      const failure = Failure.from(error);
      const refused = !failure.class.startsWith('transient.') && !failure.class.startsWith('auth.') && failure.code !== 'ABORTED';
      if (!refused || !canBeInactive.has(type)) throw failure.with({ record: `${type} ${externalId}` });
      return false;
    }
  };
  await effects.write<Gone>({
    key: `undo ${business}`,
    title: phrase('WRITE.undo', { title }),
    request: undo,
    settle: 'probe',
    lookFirst: true,
    probe: seen,
    send: async () => {
      if (filled ?? field) {
        const record = (await api.read(type, key, signal)) ?? {};
        const left = stillFilled(record, filled, field);
        await api.change(type, key, Object.fromEntries(left.map((name) => [name, null])), signal);
        return { how: 'emptied' };
      }
      if (await removed()) return (await seen()) ?? notSeen(business, title);
      if (type === 'customer' && (await hasProjects(api, suiteQl, key, signal))) return { how: 'in use' };
      await api.change(type, key, { isInactive: true }, signal);
      return { how: 'inactivated' };
    },
  });
}

/** Of the fields that were to be filled those that the run has filled; others held the same before. */
function filledBy(filled: NetSuiteUndo['filled'], result: unknown): NetSuiteUndo['filled'] {
  const names = (result as { filled?: unknown } | null)?.filled;
  return filled && Array.isArray(names) ? Object.fromEntries(Object.entries(filled).filter(([name]) => names.includes(name))) : filled;
}

function keyOf(externalId: string, id: unknown): RecordKey {
  return typeof id === 'string' && id !== '' ? { id } : externalId;
}

/** Fields that hold what was filled in; what a person put there since stays. */
function stillFilled(record: JsonObject, filled: NetSuiteUndo['filled'], field: string | undefined): string[] {
  if (!filled) return field !== undefined && !isEmpty(record[field]) ? [field] : [];
  return Object.entries(filled).flatMap(([name, value]) => (textOrId(record, name) === value ? [name] : []));
}

/** A record that was given to another since, or carries another's id, is not this run's to delete. */
function mustBeAsMade(
  record: JsonObject,
  { business, title, externalId, madeFor }: { business: string; title: Told; externalId: string; madeFor?: MadeFor | undefined },
): void {
  const carried = fieldText(record, 'externalId');
  const owner = madeFor && referredId(record, madeFor.field);
  const [field, there] =
    carried !== externalId
      ? ['externalId', carried]
      : madeFor && owner !== madeFor.id
        ? [madeFor.field, referredName(record, madeFor.field)]
        : [];
  if (field === undefined) return;
  throw new Failure({
    class: 'business.rejected',
    ...inWords('UNDO_CHANGED.netsuite', { title, field, there: there ?? phrase('UNDO_CHANGED.netsuite-none') }),
    system: 'netsuite',
    record: business,
    field,
    ...(there === undefined ? {} : { value: inEnglish(there) }),
    outcome: 'not-made',
  });
}

/** The deletion was accepted and the record still shows: nothing is reported that was not seen. */
function notSeen(business: string, title: Told): never {
  throw new Failure({
    class: 'transient.timeout',
    ...inWords('UNDO_NOT_VISIBLE.netsuite', { title }),
    system: 'netsuite',
    record: business,
    outcome: 'unknown',
  });
}

async function hasProjects(api: NetSuiteApi, suiteQl: SuiteQl, customer: RecordKey, signal: AbortSignal): Promise<boolean> {
  const found = await api.read('customer', customer, signal);
  const id = found && referredId(found, 'id');
  if (id === undefined) return false;
  const jobs = await suiteQl.whereIn(
    'parent',
    [id],
    (condition) => `SELECT id FROM job WHERE ${condition} AND isinactive = 'F' ORDER BY id`,
    signal,
  );
  return jobs.length > 0;
}
