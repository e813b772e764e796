import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
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

// that each is a schema of 2020-12 is a test: to look at each start costs half a second of it
const ajv = new Ajv2020({ allErrors: true, strict: true, verbose: true, validateSchema: false });
ajv.addKeyword({ keyword: 'x-personal', schemaType: 'boolean' });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);

/** `engagement`, `time-entry`, … with version 1. */
export type ContractName = keyof typeof schemas;

export const contractNames = Object.keys(schemas) as ContractName[];

interface Checks {
  shape: ValidateFunction;
  values: (value: unknown) => Issue[];
}

const made = new Map<ContractName, Checks>();

/** Made when a contract is first asked for: a Node-RED has flows of a few of them. */
function checksOf(name: ContractName): Checks {
  let checks = made.get(name);
  if (!checks) {
    if (!Object.hasOwn(schemas, name)) throw unknownContract(name);
    checks = { shape: ajv.compile(schemas[name]), values: valueRules(schemas[name]) };
    made.set(name, checks);
  }
  return checks;
}

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
  const { shape, values } = checksOf(name);
  if (!shape(value)) return (shape.errors ?? []).map(schemaIssue);
  const wrong = values(value);
  // amounts that cannot be trusted are not added up
  return wrong.length > 0 ? wrong : (rules[name]?.(value as never) ?? []);
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
