import { actionNode } from '../../../runtime/action-node.ts';
import { numberInForm } from '../../../runtime/number-in-form.ts';
import declaration from './declaration.ts';
import { runTimeReconciliation } from './time-reconciliation.ts';

export default actionNode(declaration, (base) => {
  const { config, pack } = base;
  return async (message, { signal }) => {
    const { breaks, psa, erp, ...result } = await runTimeReconciliation(
      {
        psa: base.operation('approved-time.list', 'psa'),
        erp: base.operation('posted-time.list', 'erp'),
        store: pack.engine.store,
        now: pack.clock.now(),
        node: base.id,
      },
      numberInForm(config, 'lookbackDays', { fallback: 35, least: 1, most: 36_600, whole: true }),
      signal,
    );
    const counts = Object.fromEntries([...Map.groupBy(breaks, (found) => found.kind)].map(([kind, found]) => [kind, found.length]));
    return [
      { ...message, payload: { ...result, sides: { psa, erp }, breaks, counts } },
      breaks.map((found) => ({ ...message, payload: found, topic: found.kind })),
    ];
  };
});
