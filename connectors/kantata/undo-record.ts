import { Failure } from '../../model/failure.ts';
import type { OperationContext, UndoneWrite } from '../../model/operations.ts';
import type { KantataApi } from './api.ts';

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
export function undoOf(collection: string): { collection: Collection } | null {
  return collection in ways ? { collection: collection as Collection } : null;
}

/** Takes back one record that this run made: deleted, archived or cancelled, as its kind allows. */
export async function undoRecord(
  api: KantataApi,
  { business, title, undo, result }: UndoneWrite,
  { effects, signal }: OperationContext,
): Promise<void> {
  const { collection } = undo as { collection: Collection };
  const id = String((result as { id?: unknown } | null)?.id ?? '');
  if (!id) throw unknownId(business, title);
  const way = ways[collection];
  await effects.write<{ gone: boolean }>({
    key: `undo ${business}`,
    title: `Undo: ${title}`,
    request: { collection, id },
    settle: 'probe',
    settleAfterMs: api.settings.settleAfterMs,
    probe: async () => {
      const [row] = (await api.page(collection, { ...way.also, only: id }, signal)).results;
      if (!row) return { gone: true };
      return 'done' in way && String(row[way.done[0]]) === way.done[1] ? { gone: true } : undefined;
    },
    send: async () => {
      if ('change' in way) await api.change(`${collection}/${id}`, way.singular, { ...way.change }, signal);
      else await api.remove(`${collection}/${id}`, signal);
      return { gone: true };
    },
  });
}

function unknownId(business: string, title: string): Failure {
  return new Failure({
    class: 'business.rejected',
    code: 'UNDO_NO_ID',
    message: `${title}: its id in Kantata is not known.`,
    system: 'kantata',
    record: business,
    remedy: 'Take it back in Kantata by hand, then discard the run.',
  });
}
