import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { OperationContext, UndoneWrite } from '../../model/operations.ts';
import type { Told } from '../../model/failure-sentence.ts';
import { changeBack, type ChangedFields } from '../kit/change-record.ts';
import { accessTo } from './psa-project-change/access-to.ts';
import type { KantataApi } from './wire.ts';
import { type Reference, referenceOf } from './records/external-reference.ts';

/** How a record of each collection is taken back: https://developer.kantata.com/ "Workspaces", "Stories", "Resource Requests". */
const ways = {
  // a workspace cannot be deleted by the API
  workspaces: { change: { archived: true }, done: ['archived', 'true'], singular: 'workspace', also: { include_archived: true } },
  resource_requests: {
    change: { request_resolution_status: 'cancel' },
    done: ['status', 'cancelled'],
    singular: 'resource_request',
    also: {},
  },
  stories: { also: { archived: 'include', include_archived: true } },
  workspace_resources: { also: { include_unnamed: true } },
  workspace_allocations: { also: {} },
} as const;

type Collection = keyof typeof ways;

/** What a write keeps for its undoing; `null` for what goes with the record that it belongs to. */
export type KantataUndo = {
  collection: Collection;
  reference?: { [part in keyof Reference]: string };
  /** record whose fields were changed: what they were, and what they were set to */
  id?: string;
  former?: ChangedFields;
};

export function undoOf(collection: string, reference: Reference | undefined): KantataUndo | null {
  if (!(collection in ways)) return null;
  return { collection: collection as Collection, ...(reference ? { reference: { ...reference } } : {}) };
}

/**
 * Takes back one record that this run made: deleted, archived or cancelled, as its kind allows. It is looked at before, and left to a person when its
 * external reference is another's by now; and after, so that nothing is reported that was not seen.
 */
export async function undoRecord(
  api: KantataApi,
  { business, title, undo, result }: UndoneWrite,
  { effects, signal }: OperationContext,
): Promise<void> {
  const { collection, reference, id: changedId, former } = undo as KantataUndo;
  if (former && changedId !== undefined && collection !== 'resource_requests') {
    const access = accessTo(api, business, { collection, id: changedId }, signal);
    return changeBack(effects, access, { business, title, fields: former, result });
  }
  const id = String((result as { id?: unknown } | null)?.id ?? '');
  if (!id) throw unknownId(business, title);
  const way = ways[collection];
  const include = reference ? { include: 'external_references' } : {};
  const isGone = async (): Promise<boolean> => {
    const envelope = await api.page(collection, { ...way.also, ...include, only: id }, signal);
    const [row] = envelope.results;
    if (!row) return true;
    if ('done' in way && String(row[way.done[0]]) === way.done[1]) return true;
    const carried = reference && referenceOf(api, envelope, row);
    if (carried && (carried.model !== reference.model || carried.ref !== reference.ref)) throw anothers(business, title, carried);
    return false;
  };
  await effects.write<{ gone: boolean }>({
    key: `undo ${business}`,
    title: phrase('WRITE.undo', { title }),
    request: { collection, id },
    settle: 'probe',
    settleAfterMs: api.settings.settleAfterMs,
    lookFirst: true,
    probe: async () => ((await isGone()) ? { gone: true } : undefined),
    send: async () => {
      if ('change' in way) await api.change(`${collection}/${id}`, way.singular, { ...way.change }, signal);
      else await api.remove(`${collection}/${id}`, signal);
      if (await isGone()) return { gone: true };
      throw notSeen(business, title);
    },
  });
}

function unknownId(business: string, title: Told): Failure {
  return new Failure({
    class: 'business.rejected',
    ...inWords('UNDO_NO_ID', { title }),
    system: 'kantata',
    record: business,
  });
}

function anothers(business: string, title: Told, carried: { model: string; ref: string }): Failure {
  return new Failure({
    class: 'business.rejected',
    ...inWords('UNDO_CHANGED.kantata', { title, model: carried.model, ref: carried.ref }),
    system: 'kantata',
    record: business,
    field: 'external_reference',
    value: carried.ref,
    outcome: 'not-made',
  });
}

function notSeen(business: string, title: Told): Failure {
  return new Failure({
    class: 'transient.timeout',
    ...inWords('UNDO_NOT_VISIBLE.kantata', { title }),
    system: 'kantata',
    record: business,
    outcome: 'unknown',
  });
}
