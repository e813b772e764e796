import type { OpportunityRule } from '../../../model/operations.ts';
import { startFrom } from '../../../runtime/since.ts';
import { pollingSource } from '../../../runtime/source-node.ts';
import declaration from './declaration.ts';

export default pollingSource(declaration, (base) => {
  const { config } = base;
  const rule = ruleOf(config);
  const since = startFrom(base);
  return (cursor, signal) => base.operation('opportunity.poll').run(cursor, { rule, ...since(cursor) }, signal);
});

function ruleOf(config: Record<string, unknown>): OpportunityRule {
  if (config['rule'] === 'stages')
    return {
      stages: String(config['stages'])
        .split(',')
        .map((stage) => stage.trim())
        .filter(Boolean),
    };
  if (config['rule'] === 'condition') return { condition: String(config['condition']) };
  return 'won';
}
