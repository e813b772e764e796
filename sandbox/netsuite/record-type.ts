import type { Field, Fields } from './field.ts';

/** One record type of the REST record service. */
export interface RecordType {
  /** REST name: `timeBill` */
  name: string;
  /**
   * Internal and external ids are unique not only in a record type but in its group: a customer and a job cannot carry the same external id.
   * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_N3432681.html
   */
  group: string;
  /** the property shown as `refName` of a reference to this record */
  nameField: string;
  fields: Fields;
  /** sublists: property name → fields of a line */
  sublists: Readonly<Record<string, Fields>>;
  /** together these make the record's name, which may be used once */
  uniqueName?: readonly string[];
  /** accounting periods carry no external id */
  noExternalId?: true;
}

export function fieldOf(type: RecordType, name: string): Field | undefined {
  return Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
}
