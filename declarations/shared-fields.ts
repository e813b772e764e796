import type { ConfigField, NumberField, TextField } from './node-declaration.ts';

export const nameField = { name: 'name', kind: 'text', default: '' } satisfies TextField;

export const policyField = { name: 'policy', kind: 'config', type: 'run-policy' } satisfies ConfigField;

/** Prefix of the environment variables that stand in for what is left empty: see `environmentVariable`. */
export const environmentField = {
  name: 'environment',
  kind: 'text',
  default: '',
  placeholder: 'SALESFORCE',
  hintShown: true,
} satisfies TextField;

/** The connection that an action or a source works with. */
export function connectionField(type: 'salesforce-connection' | 'erp-connection' | 'psa-connection', name = 'connection'): ConfigField {
  return { name, kind: 'config', type, required: true };
}

/** A connection that is not worked with: its system's limits are checked, too. */
export function alsoFor(type: 'erp-connection' | 'psa-connection', name: string): ConfigField {
  return { name, kind: 'config', type, hintShown: true };
}

/** Calls of a connection that are under way at once. Flows of an older version have none: empty is the standard. */
export function concurrencyField(standard: number): NumberField {
  return { name: 'concurrency', kind: 'number', default: standard, min: 1, max: 100, integer: true };
}

/** How long a connection waits for an answer, in milliseconds. */
export function timeoutField(standardMs: number): NumberField {
  return { name: 'timeoutMs', kind: 'number', default: standardMs, min: 1000, max: 600_000, integer: true };
}
