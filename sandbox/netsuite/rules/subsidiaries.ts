import { NetSuiteError, userError } from '../netsuite-error.ts';
import type { NetSuiteState, StoredRecord } from '../state.ts';
import { textOf, type Write } from './write.ts';

const segments = {
  department: 'department',
  class: 'classification',
  location: 'location',
  item: 'serviceSaleItem',
  taxCode: 'salesTaxItem',
} as const;

/** A department, class, location or item that is kept for one subsidiary cannot be used in another. */
export function requireSegmentsOfSubsidiary(write: Write): void {
  const subsidiary = textOf(write.record, 'subsidiary');
  const places = [
    { fields: write.record.fields, path: '' },
    ...Object.entries(write.record.lines).flatMap(([name, lines]) =>
      lines.map((line, index) => ({ fields: line.fields, path: `${name}.items[${index}].` })),
    ),
  ];
  for (const { fields, path } of places) {
    for (const [field, type] of Object.entries(segments)) {
      const id = fields[field];
      const owner = id === undefined ? undefined : textOf(write.store.get(type, String(id)), 'subsidiary');
      if (subsidiary === undefined || owner === undefined || owner === subsidiary) continue;
      throw invalidKey(write, field, String(id), subsidiary, `${path}${field}`);
    }
  }
}

export function invalidKey(write: Write, field: string, id: string, subsidiary: string, path = field): NetSuiteError {
  return userError(write.state, 'invalidKey', [field, id, subsidiary], { code: 'INVALID_KEY_OR_REF', path });
}

/** The integration role may be kept out of a subsidiary; then neither reading nor writing its records is allowed. */
export function requireVisible(state: NetSuiteState, type: string, record: StoredRecord): void {
  const subsidiary = type === 'subsidiary' ? record.id : textOf(record, 'subsidiary');
  if (subsidiary === undefined || !state.restrictedSubsidiaries.includes(subsidiary)) return;
  throw new NetSuiteError(403, [
    {
      detail: 'Permission Violation: The subsidiary restrictions on your role prevent you from seeing this record.',
      'o:errorCode': 'INSUFFICIENT_PERMISSION',
    },
  ]);
}
