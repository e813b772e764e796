import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, intervalField, nameField, policyField, sinceField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'salesforce-contract-in',
  area: 'crm',
  inputs: 0,
  outputs: 1,
  mappedBy: 'contract-to-amendment',
  fields: [
    nameField,
    connectionField('contract.poll'),
    { name: 'object', kind: 'text', default: 'Contract', required: true, hintShown: true },
    { name: 'rule', kind: 'select', options: ['amended', 'activated', 'condition'], default: 'amended' },
    {
      name: 'condition',
      kind: 'text',
      default: '',
      required: true,
      placeholder: "StatusCode = 'Activated' AND RecordType.DeveloperName = 'Services'",
      when: { field: 'rule', is: ['condition'] },
      hintShown: true,
    },
    { name: 'numberField', kind: 'text', default: 'Amendment_Number__c', required: true, hintShown: true },
    { name: 'deal', kind: 'text', default: 'Opportunity.ContractId', required: true, hintShown: true },
    intervalField,
    sinceField,
    policyField,
  ],
} as const satisfies NodeDeclaration;
