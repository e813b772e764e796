import { typedConfig } from '../../../declarations/typed-config.ts';
import { expenseComparison } from '../../../engine/expense-comparison.ts';
import { timeComparison } from '../../../engine/time-comparison.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import declaration from './declaration.ts';
import { runReconciliation } from './run-reconciliation.ts';

export default actionNode(declaration, (base) => {
  const { pack } = base;
  const { lookbackDays, subject } = typedConfig(declaration, base.config);
  const ports = () => ({ store: pack.engine.store, now: pack.clock.now(), node: base.id });
  const reconcile = {
    time: (signal: AbortSignal) => {
      const sides = { psa: base.operation('approved-time.list', 'psa'), erp: base.operation('posted-time.list', 'erp') };
      return runReconciliation(timeComparison, { ...sides, ...ports() }, lookbackDays, signal);
    },
    expenses: (signal: AbortSignal) => {
      const sides = { psa: base.operation('approved-expense.list', 'psa'), erp: base.operation('posted-expense.list', 'erp') };
      return runReconciliation(expenseComparison, { ...sides, ...ports() }, lookbackDays, signal);
    },
  };
  return async (message, { signal }) => {
    const { breaks, psa, erp, ...result } = await reconcile[subject](signal);
    const counts = Object.fromEntries([...Map.groupBy(breaks, (found) => found.kind)].map(([kind, found]) => [kind, found.length]));
    return [
      { ...message, payload: { subject, ...result, sides: { psa, erp }, breaks, counts } },
      breaks.map((found) => ({ ...message, payload: found, topic: found.kind })),
    ];
  };
});
