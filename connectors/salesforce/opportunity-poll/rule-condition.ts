import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import type { OpportunityRule } from '../../../model/operations.ts';
import { soqlText } from '../../salesforce-platform/query/soql.ts';

/** What follows WHERE. */
export function conditionOf(rule: OpportunityRule): string {
  if (rule === 'won') return 'IsWon = true';
  if ('stages' in rule) {
    if (rule.stages.length === 0) throw badRule('stages', inWords('RULE_INVALID.no-stage'));
    return `StageName IN (${rule.stages.map(soqlText).join(', ')})`;
  }
  const condition = rule.condition.trim();
  if (condition === '' || /^(select|where)\b/i.test(condition)) throw badRule('condition', inWords('RULE_INVALID.condition'));
  return condition;
}

/** A day begins at midnight UTC; a time of day needs its zone, or it would be that of the machine. */
export function sinceOf(text: string): number {
  const instant = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:?\d\d))?$/i.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw badRule('since', inWords('RULE_INVALID.since', { text }));
}

function badRule(field: string, said: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...said, system: 'salesforce', field });
}
