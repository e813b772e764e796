import { Failure } from '../../model/failure.ts';
import type { OperationContext, UndoneWrite } from '../../model/operations.ts';
import type { KantataApi } from './api.ts';
import type { Row } from './envelope.ts';

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
    probe: async () => ((await isGone()) ? { gone: true } : undefined),
    send: async () => {
      if ('change' in way) {
        const row = await api.change(`${collection}/${id}`, way.singular, { ...way.change }, signal);
        if (!isDone(row) && !(await isGone())) throw notSeen(business, title);
      } else if ((await api.remove(`${collection}/${id}`, signal)) === 'not-there' && !(await isGone())) {
        // not shown to this user, or hidden by a filter, is not deleted
        throw notSeen(business, title);
      }
      return { gone: true };
    },
  });

  async function isGone(): Promise<boolean> {
    const [row] = (await api.page(collection, { ...way.also, only: id }, signal)).results;
    return !row || isDone(row);
  }

  function isDone(row: Row): boolean {
    return 'done' in way && String(row[way.done[0]]) === way.done[1];
  }
}

/** An undo tells only what it has seen. */
function notSeen(business: string, title: string): Failure {
  return new Failure({
    class: 'transient.unavailable',
    code: 'UNDO_NOT_SEEN',
    message: `${title}: Kantata took the call, but still shows the record as it was.`,
    system: 'kantata',
    record: business,
    outcome: 'unknown',
    remedy: 'Nothing to do: it is looked at and tried again. If it stays, take it back in Kantata by hand, then discard the run.',
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
