import type { RecordType } from './record-type.ts';
import { customRecordTypes } from './types/custom-records.ts';
import { entityTypes } from './types/entities.ts';
import { listTypes } from './types/lists.ts';
import { projectTypes } from './types/projects.ts';
import { transactionTypes } from './types/transactions.ts';

/** In the order in which records can be loaded: what is referred to comes first. */
export const recordTypes: readonly RecordType[] = [
  ...listTypes,
  ...entityTypes,
  ...projectTypes,
  ...transactionTypes,
  ...customRecordTypes,
];

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
