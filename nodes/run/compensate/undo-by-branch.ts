import { undoPaused } from '../../../engine/compensation.ts';
import { titleOf } from '../../../engine/store/effects.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import type { Effects } from '../../../model/operations.ts';
import { type Message, markOf } from '../../../runtime/message.ts';
import { keptValue } from '../../../runtime/message-parts.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';

/**
 * A step that a branch of the flow takes back. The step is remembered as an effect, so that it has its place among the
 * others; when the run is undone, the remembered message leaves at the first output, and the undoing goes on when the
 * branch is through.
 */
export function undoByBranch(base: PackNode): (effects: Effects, step: string, message: Message) => Promise<void> {
  const { node, pack } = base;
  const { compensation, store } = pack.engine;

  const undo: Parameters<typeof compensation.register>[1] = async (effect, { active, effects }) => {
    const made = await store.effects(active.id);
    await effects.write({
      key: `undo ${effect.business}`,
      title: phrase('WRITE.undo', { title: titleOf(effect) }),
      request: null,
      settle: 'repeat',
      send: async () => {
        const before = active.size;
        const steps = made
          .filter(({ ofUndo }) => !ofUndo)
          .map(({ business, title, system, status, result }) => ({ business, title, system, status, result }));
        const message = { ...(effect.undo as Message), effects: steps, psConnect: markOf(active) };
        active.working--; // a branch that swallows its message stalls like any other
        try {
          pack.tracking.within(active, () => node.send([message as never, null]));
          await active.downTo(before);
        } finally {
          active.working++;
        }
        if (active.failed || active.retry || active.suspended || active.interrupted || active.over) {
          throw new Failure({ class: 'transient.locked', ...inWords('UNDO_PAUSED'), code: undoPaused });
        }
        return null;
      },
    });
  };
  compensation.register(base.id, undo);
  node.on('close', () => compensation.unregister(base.id, undo));

  return async (effects, step, message) => {
    await effects.write({
      key: `step ${step}`,
      title: step,
      request: null,
      settle: 'repeat',
      undo: storable(message),
      send: async () => null,
    });
  };
}

/** What can be stored of a message; its run mark is of this delivery only. */
function storable(message: Message): Json {
  const { psConnect: _mark, req: _request, res: _response, ...kept } = message;
  return keptValue(kept, 'msg');
}
