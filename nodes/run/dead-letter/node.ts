import { Failure, logFailure, paletteNode, parkedFailure, receiveRuns } from '../../../runtime/core.ts';

interface Ended {
  id: string;
  flow: string;
  compensating?: unknown;
}

export default paletteNode('dead-letter', (base) => {
  const { node, config, pack } = base;
  let parked = 0;

  receiveRuns(base, ({ message, context: { active }, finish }) => {
    const failure = parkedFailure(message, String(config['reason'] ?? ''));
    active.fail(failure, message.psConnect?.failure?.node ?? base.id);
    parked++;
    base.status.show('red', 'dot', base.words('status.parked', { count: parked }));
    finish();
  });

  const emit = async (run: Ended, status: string) => {
    const undone = status === 'cancelled' && run.compensating !== undefined;
    if (!undone && status !== 'dead') return;
    if (config['emit'] === 'none' || (config['emit'] === 'flow' && run.flow !== base.flow)) return;
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
