import type { Field } from './field.ts';

/** One sObject of the org. */
export interface SObject {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  fields: readonly Field[];
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  searchable: boolean;
  custom: boolean;
  replicateable: boolean;
}

export function sobject(
  name: string,
  keyPrefix: string,
  label: string,
  labelPlural: string,
  fields: readonly Field[],
  options: Partial<SObject> = {},
): SObject {
  return {
    name,
    label,
    labelPlural,
    keyPrefix,
    fields,
    createable: true,
    updateable: true,
    deletable: true,
    searchable: true,
    custom: name.endsWith('__c'),
    replicateable: true,
    ...options,
  };
}

export const readOnly: Partial<SObject> = {
  createable: false,
  updateable: false,
  deletable: false,
  searchable: false,
  replicateable: false,
};
