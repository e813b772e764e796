import { allowedFieldsField, invoiceKeyField } from '../../../declarations/invoice-fields.ts';
import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'salesforce-invoice-status',
  area: 'crm',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'crm-invoice-status.write', takes: 'invoice' }],
  fields: [
    nameField,
    connectionField('crm-invoice-status.write'),
    { name: 'sobject', kind: 'text', default: 'Opportunity', required: true },
    { name: 'keyField', kind: 'text', default: 'Engagement_Code__c', required: true, hintShown: true },
    invoiceKeyField,
    allowedFieldsField({
      Invoice_Id__c: 'id',
      Invoice_Version__c: 'version',
      Invoice_Number__c: 'number',
      Invoice_Status__c: 'status',
      Invoice_Date__c: 'invoiceDate',
      Invoice_Due_Date__c: 'dueDate',
      Invoice_Paid_Date__c: 'paidDate',
      Invoice_Gross__c: 'gross',
      Invoice_Open__c: 'open',
    }),
    policyField,
    ...offerFields('invoice-status'),
  ],
} as const satisfies NodeDeclaration;
