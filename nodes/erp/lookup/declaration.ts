import type { NodeDeclaration, TypedField } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

const asked = <Name extends string>(name: Name, place: string) =>
  ({ name, kind: 'typed', types: ['msg', 'jsonata', 'str'], default: { type: 'msg', value: place } }) as const satisfies TypedField;

const parameter = { kind: 'text', required: true } as const;
const project = { ...parameter, field: 'project', name: 'project' } as const;
const account = { ...parameter, field: 'account', name: 'account', required: false } as const;
const legalEntity = { ...parameter, field: 'legalEntity', name: 'legalEntity' } as const;
const day = { field: 'day', name: 'day', kind: 'date', required: true } as const;

export default {
  type: 'erp-lookup',
  area: 'erp',
  inputs: 1,
  outputs: 2,
  offers: [
    { operation: 'project-invoices.find', asks: [project, account, legalEntity], when: { field: 'what', is: ['invoices'] } },
    { operation: 'project-finances.find', asks: [project, account, legalEntity], when: { field: 'what', is: ['finances'] } },
    { operation: 'posted-time.sum', asks: [project, account, legalEntity], when: { field: 'what', is: ['time'] } },
    { operation: 'customer.find', asks: [{ ...account, required: true }, legalEntity], when: { field: 'what', is: ['customer'] } },
    { operation: 'period.find', asks: [day, legalEntity], when: { field: 'what', is: ['period'] } },
  ],
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
    ...offerFields('books'),
  ],
} as const satisfies NodeDeclaration;
