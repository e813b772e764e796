import { type TypedConfig, typedConfig } from '../../../declarations/typed-config.ts';
import type { OpportunityRule } from '../../../model/operations.ts';
import { startFrom } from '../../../runtime/since.ts';
import { pollingSource } from '../../../runtime/source-node.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const rule = ruleOf(typedConfig(declaration, base.config));
  const since = startFrom(base);
  return (cursor, signal) => base.operation('opportunity.poll').run(cursor, { rule, ...since(cursor) }, signal);
});

function ruleOf({ rule, stages, condition }: TypedConfig<typeof declaration>): OpportunityRule {
  if (rule === 'stages') {
    const named = stages.split(',').map((stage) => stage.trim());
    return { stages: named.filter(Boolean) };
  }
  return rule === 'condition' ? { condition } : rule;
}
