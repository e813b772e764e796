import type { Undo } from '../engine/compensation.ts';
import { titleOf } from '../engine/store/effects.ts';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import type { PackNode } from './pack-node.ts';

/** Lets the engine take back what this node wrote, by the connection it wrote with; the answer ends that. */
export function undoByConnector(base: PackNode): () => void {
  const { compensation } = base.pack.engine;
  if (!base.config['connection']) return () => undefined;
  const undo: Undo = async (effect, { effects }) => {
    const connector = base.connector();
    if (!connector.undo) {
      throw new Failure({
        class: 'business.rejected',
        ...inWords('NO_INVERSE.connector', { title: titleOf(effect) }),
        system: effect.system,
      });
    }
    const { business, undo: how = null, result = null } = effect;
    await connector.undo({ business, title: titleOf(effect), undo: how, result }, { effects, signal: base.closing.signal });
  };
  compensation.register(base.id, undo);
  return () => compensation.unregister(base.id, undo);
}
