import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { billingScheduleIssues } from './billing-schedule-rules.ts';
import { assignmentIssues } from './assignment-rules.ts';
import { amendmentIssues } from './amendment-rules.ts';
import { derivedIssues } from './derived-codes.ts';
import { engagementIssues } from './engagement-rules.ts';
import { expenseIssues } from './expense-rules.ts';
import { Failure, type Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import { invoiceIssues } from './invoice-rules.ts';
import { projectFinancesIssues } from './project-finances-rules.ts';
import { rateCardIssues } from './rate-card-rules.ts';
import { schemaIssue } from './schema-issue.ts';
import { schemas } from './schemas.ts';
import { shorten } from './shorten.ts';
import { timeEntryIssues } from './time-entry-rules.ts';
import type { Engagement } from './types.generated.ts';
import { utilizationIssues } from './utilization-rules.ts';
import { valueRules } from './value-rules.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, verbose: true });
ajv.addKeyword({ keyword: 'x-personal', schemaType: 'boolean' });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);

/** `engagement`, `time-entry`, … with version 1. */
export type ContractName = keyof typeof schemas;

export const contractNames = Object.keys(schemas) as ContractName[];

const validators = new Map(contractNames.map((name) => [name, ajv.compile(schemas[name])]));

const valuesOf = new Map(contractNames.map((name) => [name, valueRules(schemas[name])]));

/** Business rules that a schema cannot say, by contract. */
const rules: Partial<Record<ContractName, (value: never) => Issue[]>> = {
  amendment: amendmentIssues,
  engagement: (value: Engagement) => [...engagementIssues(value), ...derivedIssues(value)],
  'time-entry': timeEntryIssues,
  assignment: assignmentIssues,
  expense: expenseIssues,
  invoice: invoiceIssues,
  'project-finances': projectFinancesIssues,
  'billing-schedule': billingScheduleIssues,
  utilization: utilizationIssues,
  'rate-card': rateCardIssues,
};

/**
 * Everything that is wrong with a canonical object: first its shape against the JSON Schema, then, when the shape is
 * right, its money, currencies and days, then the business rules. An empty list means the object keeps its contract.
 */
export function contractIssues(name: ContractName, value: unknown): Issue[] {
  const validate = validators.get(name);
  if (!validate) throw unknownContract(name);
  if (!validate(value)) return (validate.errors ?? []).map(schemaIssue);
  const values = valuesOf.get(name)!(value);
  // amounts that cannot be trusted are not added up
  return values.length > 0 ? values : (rules[name]?.(value as never) ?? []);
}

function unknownContract(name: unknown): Failure {
  return new Failure({
    class: 'contract.invalid',
    ...inWords('CONTRACT_UNKNOWN', { contracts: contractNames.join(', ') }),
    field: 'contract',
    value: shorten(name),
  });
}

export { shorten } from './shorten.ts';
