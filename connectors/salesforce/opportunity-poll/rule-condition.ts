import { inWords } from '../../../model/failure-words.ts';
import type { OpportunityRule } from '../../../model/operations.ts';
import { soqlText } from '../../salesforce-platform/query/soql.ts';
import { badRule, ownCondition } from '../../salesforce-platform/poll/modified-poll.ts';

/** What follows WHERE. */
export function conditionOf(rule: OpportunityRule): string {
  if (rule === 'won') return 'IsWon = true';
  if ('stages' in rule) {
    if (rule.stages.length === 0) throw badRule('stages', inWords('RULE_INVALID.no-stage'));
    return `StageName IN (${rule.stages.map(soqlText).join(', ')})`;
  }
  return ownCondition(rule.condition);
}
