import type { TypedField, WrittenField } from './node-declaration.ts';

/** The business key of the record that shows an invoice. */
export const invoiceKeyField = {
  name: 'key',
  kind: 'typed',
  types: ['msg', 'jsonata'],
  default: { type: 'msg', value: 'payload.project.code' },
  required: true,
  hintShown: true,
} as const satisfies TypedField;

/** The list of fields that may be written, with what each holds. */
export const allowedFieldsField = (standard: Readonly<Record<string, string>>) =>
  ({
    name: 'fields',
    kind: 'json',
    default: JSON.stringify(standard, undefined, 2),
    required: true,
    hintShown: true,
  }) as const satisfies WrittenField;
