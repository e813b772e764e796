import type { ConfigField, TextField } from './node-declaration.ts';

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
