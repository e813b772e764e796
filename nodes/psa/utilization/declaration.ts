import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields, peopleAsked } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

const asked = (place: string) => ({ kind: 'typed', types: ['msg', 'jsonata', 'str'], default: { type: 'msg', value: place } }) as const;

export default {
  type: 'psa-utilization',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'utilization.find', asks: peopleAsked }],
  fields: [
    nameField,
    connectionField('utilization.find'),
    { name: 'from', ...asked('payload.start'), required: true },
    { name: 'to', ...asked('payload.end'), required: true },
    { name: 'role', ...asked('payload.role'), hintShown: true },
    { name: 'skills', ...asked('payload.skills') },
    { name: 'region', ...asked('payload.region') },
    { name: 'listedPeople', kind: 'number', default: 200, min: 0, max: 5_000, integer: true, required: true },
    policyField,
    ...offerFields('utilization'),
  ],
} as const satisfies NodeDeclaration;
