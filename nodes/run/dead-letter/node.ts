import { typedConfig } from '../../../declarations/typed-config.ts';
import type { Standing } from '../../../engine/store/runs.ts';
import { Failure } from '../../../model/failure.ts';
import { receiveRuns } from '../../../runtime/action-node.ts';
import { parkedFailure } from '../../../runtime/failures.ts';
import { logFailure } from '../../../runtime/log-line.ts';
import { paletteNode } from '../../../runtime/pack-node.ts';
import declaration from './declaration.ts';

interface Ended {
  id: string;
  flow: string;
  compensating?: unknown;
}

export default paletteNode(declaration, (base) => {
  const { node, pack } = base;
  const { reason, emit: tells } = typedConfig(declaration, base.config);
  /** all dead letters that are open now and that this node tells of, whoever has made them */
  const open = (standing: readonly Standing[]) => {
    const told = standing.filter(({ status, flow }) => status === 'dead' && (tells === 'all' || flow === base.flow));
    return { dead: told.reduce((sum, { runs }) => sum + runs, 0), waiting: 0 };
  };

  receiveRuns(
    base,
    ({ message, context: { active }, finish }) => {
      const failure = parkedFailure(message, reason);
      active.fail(failure, message.psConnect?.failure?.node ?? base.id);
      finish();
    },
    { open },
  );

  const emit = async (run: Ended, status: string) => {
    const undone = status === 'cancelled' && run.compensating !== undefined;
    if (!undone && status !== 'dead') return;
    if (tells === 'none' || (tells === 'flow' && run.flow !== base.flow)) return;
    const [stored, effects, attempts] = await Promise.all([
      pack.engine.store.run(run.id),
      pack.engine.store.effects(run.id),
      pack.engine.store.failedAttempts(run.id),
    ]);
    if (!stored || base.stopping.signal.aborted) return;
    pack.tracking.outside(() =>
      node.send({ payload: { run: stored, failure: stored.failure, effects, attempts }, topic: stored.event.subject }),
    );
  };
  const onEnded = (run: Ended, status: string) => void emit(run, status).catch((error) => logFailure(node, Failure.from(error)));
  pack.engine.on('ended', onEnded);
  node.on('close', () => pack.engine.off('ended', onEnded));
});
