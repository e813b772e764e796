import { typedConfig } from '../../../declarations/typed-config.ts';
import { startFrom } from '../../../runtime/since.ts';
import { pollingSource } from '../../../runtime/source-node.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const { rule: chosen, condition, deleted } = typedConfig(declaration, base.config);
  const rule = chosen === 'condition' ? { condition } : chosen;
  const since = startFrom(base);
  return (cursor, signal) => base.operation('account.poll').run(cursor, { rule, deleted, ...since(cursor) }, signal);
});
