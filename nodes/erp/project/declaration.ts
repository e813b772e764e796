import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-project',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'erp-project.create', part: 'projects' }],
  fields: [nameField, connectionField('erp-project.create'), policyField, ...offerFields('project-provisioning')],
} as const satisfies NodeDeclaration;
