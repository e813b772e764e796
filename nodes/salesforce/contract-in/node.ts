import { typedConfig } from '../../../declarations/typed-config.ts';
import type { ContractRule } from '../../../model/operations.ts';
import { startFrom } from '../../../runtime/since.ts';
import { pollingSource } from '../../../runtime/source-node.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const { rule: chosen, condition, object, numberField, deal } = typedConfig(declaration, base.config);
  const rule: ContractRule = chosen === 'condition' ? { condition } : chosen;
  const [record, number, tie] = [object.trim(), numberField.trim(), deal.trim()];
  const since = startFrom(base);
  return (cursor, signal) =>
    base.operation('contract.poll').run(cursor, { rule, object: record, numberField: number, deal: tie, ...since(cursor) }, signal);
});
