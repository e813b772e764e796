import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { changeActionField, connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

/** What is made is what a person has been shown before, in the same run: no call brings that. */
const showing = { field: 'action', is: ['show'] } as const;

export default {
  type: 'psa-project-change',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'psa-project.change', when: showing }],
  fields: [
    nameField,
    connectionField('psa-project.change'),
    changeActionField,
    policyField,
    ...offerFields('delivery-amendment', [showing]),
  ],
} as const satisfies NodeDeclaration;
