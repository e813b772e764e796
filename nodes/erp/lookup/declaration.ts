import type { NodeDeclaration, TypedField } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

const asked = <Name extends string>(name: Name, place: string) =>
  ({ name, kind: 'typed', types: ['msg', 'jsonata', 'str'], default: { type: 'msg', value: place } }) as const satisfies TypedField;

export default {
  type: 'erp-lookup',
  area: 'erp',
  inputs: 1,
  outputs: 2,
  fields: [
    nameField,
    connectionField(['customer.find', 'period.find', 'posted-time.sum', 'project-invoices.find', 'project-finances.find']),
    { name: 'what', kind: 'select', options: ['invoices', 'finances', 'time', 'customer', 'period'], default: 'invoices' },
    { ...asked('project', 'payload.project.code'), required: true, when: { field: 'what', is: ['invoices', 'finances', 'time'] } },
    {
      ...asked('account', 'payload.customer.code'),
      when: { field: 'what', is: ['invoices', 'finances', 'time', 'customer'] },
      hintShown: true,
    },
    { ...asked('legalEntity', 'payload.legalEntity'), required: true },
    { ...asked('day', 'payload.day'), required: true, when: { field: 'what', is: ['period'] } },
    { name: 'byDay', kind: 'checkbox', default: false, when: { field: 'what', is: ['time'] } },
    policyField,
  ],
} as const satisfies NodeDeclaration;
