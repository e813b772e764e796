import { typedConfig } from '../../../declarations/typed-config.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import declaration from './declaration.ts';
import { runTimeReconciliation } from './time-reconciliation.ts';

export default actionNode(declaration, (base) => {
  const { pack } = base;
  const { lookbackDays } = typedConfig(declaration, base.config);
  return async (message, { signal }) => {
    const { breaks, psa, erp, ...result } = await runTimeReconciliation(
      {
        psa: base.operation('approved-time.list', 'psa'),
        erp: base.operation('posted-time.list', 'erp'),
        store: pack.engine.store,
        now: pack.clock.now(),
        node: base.id,
      },
      lookbackDays,
      signal,
    );
    const counts = Object.fromEntries([...Map.groupBy(breaks, (found) => found.kind)].map(([kind, found]) => [kind, found.length]));
    return [
      { ...message, payload: { ...result, sides: { psa, erp }, breaks, counts } },
      breaks.map((found) => ({ ...message, payload: found, topic: found.kind })),
    ];
  };
});
