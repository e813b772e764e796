import type { Field, Fields } from './field.ts';
import { entityTypes } from './types/entities.ts';
import { listTypes } from './types/lists.ts';
import { projectTypes } from './types/projects.ts';
import { transactionTypes } from './types/transactions.ts';

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

/** In the order in which records can be loaded: what is referred to comes first. */
export const recordTypes: readonly RecordType[] = [...listTypes, ...entityTypes, ...projectTypes, ...transactionTypes];

const byLowerName = new Map(recordTypes.map((type) => [type.name.toLowerCase(), type]));

/** Record types are found in any case: Oracle's own pages write `timebill` and `timeBill`. */
export function recordType(name: string): RecordType | undefined {
  return byLowerName.get(name.toLowerCase());
}

/** The type of that name, which is known to exist. */
export function knownType(name: string): RecordType {
  const type = recordType(name);
  if (!type) throw new Error(`no record type ${name}`);
  return type;
}

export function fieldOf(type: RecordType, name: string): Field | undefined {
  return Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
}
