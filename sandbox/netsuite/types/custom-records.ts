import { date, dateTime, flag, integer, readOnly, reference, textOf } from '../field.ts';
import type { RecordType } from '../record-type.ts';

/** Most characters of a Free-Form Text field. */
const freeForm = textOf(300);

/**
 * Record types that the firm has made for itself, known by their script ids: the REST services read and write their records, not the types.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_158100110171.html
 */
export const customRecordTypes: readonly RecordType[] = [
  {
    name: 'customrecord_psc_assignment',
    group: 'customrecord_psc_assignment',
    nameField: 'name',
    fields: {
      name: freeForm,
      isInactive: flag,
      custrecord_psc_project: reference('job'),
      custrecord_psc_employee: reference('employee'),
      custrecord_psc_role: freeForm,
      custrecord_psc_phase: freeForm,
      custrecord_psc_start: date,
      custrecord_psc_end: date,
      custrecord_psc_minutes: integer,
      custrecord_psc_percent: freeForm,
      custrecord_psc_booking: freeForm,
      custrecord_psc_state: freeForm,
      custrecord_psc_version: freeForm,
      custrecord_psc_version_at: freeForm,
      created: readOnly(dateTime),
      lastModified: readOnly(dateTime),
    },
    sublists: {},
  },
];
