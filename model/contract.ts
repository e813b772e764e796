import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { derivedIssues } from './derived-codes.ts';
import { engagementIssues } from './engagement-rules.ts';
import { boundedText } from './bounded-text.ts';
import { Failure, type Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import { invoiceIssues } from './invoice-rules.ts';
import { redact } from './redact.ts';
import schemas from './schemas.ts';
import { timeEntryIssues } from './time-entry-rules.ts';
import type { Engagement } from './types.generated.ts';
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
  engagement: (value: Engagement) => [...engagementIssues(value), ...derivedIssues(value)],
  'time-entry': timeEntryIssues,
  invoice: invoiceIssues,
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

function schemaIssue(error: ErrorObject): Issue {
  const missing = error.keyword === 'required' || error.keyword === 'additionalProperties';
  const name = String(error.params['missingProperty'] ?? error.params['additionalProperty'] ?? '');
  const field = fieldPath(error.instancePath, missing ? name : undefined);
  const shown = missing && error.keyword === 'required' ? undefined : shorten(error.keyword === 'additionalProperties' ? name : error.data);
  return { ...said(error, field), code: `SCHEMA_${error.keyword.toUpperCase()}`, field, ...(shown === undefined ? {} : { value: shown }) };
}

function said({ keyword, params, data, message }: ErrorObject, field: string): ReturnType<typeof inWords<'SCHEMA_OTHER'>> {
  if (keyword === 'required') return inWords('SCHEMA_REQUIRED', { field });
  if (keyword === 'additionalProperties') return inWords('SCHEMA_ADDITIONALPROPERTIES', { field });
  if (keyword === 'enum') return inWords('SCHEMA_ENUM', { field, values: (params['allowedValues'] as string[]).join(', ') });
  if (keyword === 'type' && typeof data === 'number' && params['type'] === 'string')
    return inWords('SCHEMA_TYPE.number', { field, data: String(data) });
  // the validator's own words
  return message === undefined ? inWords('SCHEMA_OTHER.unsaid', { field }) : inWords('SCHEMA_OTHER', { field, said: message });
}

/** `/phases/0/start` → `phases[0].start` */
function fieldPath(pointer: string, child?: string): string {
  const parts = pointer.split('/').slice(1);
  if (child) parts.push(child);
  return parts.reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '') || 'the object';
}

/** A value for a failure: of a record only what is not personal, for nothing tells later which part of the text was. */
export function shorten(value: unknown, length = 120): string {
  return boundedText(typeof value === 'string' ? value : (JSON.stringify(redact(value)) ?? String(value)), length);
}
