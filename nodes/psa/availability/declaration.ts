import type { NodeDeclaration, TypedField } from '../../../declarations/node-declaration.ts';
import { offerFields, peopleAsked } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

const types = ['msg', 'jsonata', 'str'] as const;

const asked = <Name extends string>(name: Name, place: string) =>
  ({ name, kind: 'typed', types, default: { type: 'msg', value: place } }) as const satisfies TypedField;

export default {
  type: 'psa-availability',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'availability.find', asks: peopleAsked }],
  fields: [
    nameField,
    connectionField('availability.find'),
    { ...asked('from', 'payload.start'), required: true },
    { ...asked('to', 'payload.end'), required: true },
    { ...asked('role', 'payload.role'), hintShown: true },
    asked('skills', 'payload.skills'),
    asked('region', 'payload.region'),
    { name: 'unit', kind: 'select', options: ['week', 'day'], default: 'week' },
    { name: 'leastHours', kind: 'number', default: 0, min: 0, max: 10_000, required: true },
    { name: 'mostPeople', kind: 'number', default: 20, min: 1, max: 1_000, integer: true, required: true },
    policyField,
    ...offerFields('resource-availability'),
  ],
} as const satisfies NodeDeclaration;
