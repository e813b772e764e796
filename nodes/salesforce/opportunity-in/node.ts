import { type TypedConfig, typedConfig } from '../../../declarations/typed-config.ts';
import type { OpportunityRule, OpportunityStreamOptions } from '../../../model/operations.ts';
import { startFrom } from '../../../runtime/since.ts';
import { readingSource } from '../../../runtime/source-node.ts';
import declaration from './declaration.ts';

type Config = TypedConfig<typeof declaration>;

export default readingSource(declaration, (base) => {
  const form = typedConfig(declaration, base.config);
  const rule = ruleOf(form);
  const since = startFrom(base);
  if (form.hears === 'polling') {
    return { poll: (cursor, signal) => base.operation('opportunity.poll').run(cursor, { rule, ...since(cursor) }, signal) };
  }
  const heard = heardOf(form);
  return { stream: (cursor, signal) => base.operation('opportunity.stream').run(cursor, { rule, ...since(cursor), ...heard }, signal) };
});

function ruleOf({ rule, stages, condition }: Config): OpportunityRule {
  if (rule === 'stages') return { stages: listed(stages) };
  return rule === 'condition' ? { condition } : rule;
}

function heardOf({ hears, channel, idField, changedFields, ignoreOwn }: Config): Omit<OpportunityStreamOptions, 'rule'> {
  return hears === 'event' ? { event: { channel, idField } } : { changedFields: listed(changedFields), ignoreOwn };
}

/** What is written with commas between. */
function listed(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter(Boolean);
}
