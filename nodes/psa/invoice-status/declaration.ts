import { allowedFieldsField, invoiceKeyField } from '../../../declarations/invoice-fields.ts';
import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-invoice-status',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'psa-invoice-status.write', takes: 'invoice' }],
  fields: [
    nameField,
    connectionField('psa-invoice-status.write'),
    invoiceKeyField,
    allowedFieldsField({
      'Invoice id': 'id',
      'Invoice version': 'version',
      'Invoice number': 'number',
      'Invoice status': 'status',
      'Invoice date': 'invoiceDate',
      'Invoice due': 'dueDate',
      'Invoice open': 'open',
    }),
    policyField,
    ...offerFields('billing-status'),
  ],
} as const satisfies NodeDeclaration;
