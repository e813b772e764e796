import { boundedText } from '../../../model/bounded-text.ts';
import { Failure, type Issue } from '../../../model/failure.ts';
import type { Param, Words } from '../../../model/failure-sentence.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { CustomRecordType } from '../records/custom-record-type.ts';
import type { RecordType } from '../wire.ts';

interface Limit {
  most: number;
  /** what a person shortens: where the text comes from in the canonical object */
  from: Param;
}

type TypeWithLimits = Exclude<RecordType, CustomRecordType> | 'assignment';

/**
 * Most characters of the text fields that this connector fills. NetSuite cuts nothing: it refuses the record, one by one, when others are made already.
 * Names: as integrators report them; Oracle's own pages that we have read state none. It states none for external ids either; what is longer than any
 * of its text fields is not sent. What can be left out of a record (telephone, e-mail, notes) is not here: it stops nothing.
 */
const limits: Readonly<Partial<Record<TypeWithLimits, Readonly<Record<string, Limit>>>>> = {
  customer: {
    externalId: { most: 255, from: phrase('FIELD_TOO_LONG.of-account-code') },
    entityId: { most: 80, from: phrase('FIELD_TOO_LONG.of-account-code') },
    companyName: { most: 83, from: phrase('FIELD_TOO_LONG.of-account-name') },
  },
  job: {
    externalId: { most: 255, from: 'code' },
    entityId: { most: 80, from: 'code' },
    companyName: { most: 83, from: 'name' },
  },
  billingSchedule: { externalId: { most: 255, from: 'code' } },
  projectTask: {
    externalId: { most: 255, from: phrase('FIELD_TOO_LONG.of-task-codes') },
    title: { most: 255, from: phrase('FIELD_TOO_LONG.of-task-name') },
  },
  timeBill: { externalId: { most: 255, from: 'id' } },
  // whatever its script id is
  assignment: { externalId: { most: 255, from: 'id' } },
  expenseReport: { externalId: { most: 255, from: 'id' } },
};

/** The texts of one record that is to be written. */
export interface RecordTexts {
  type: TypeWithLimits;
  /** what a person calls it: `project ENG-0001` */
  record: Words;
  texts: Readonly<Record<string, string>>;
}

/** A text that its field cannot hold, and whose it is. */
export interface UnfitText extends Issue {
  record: Words;
}

/** All texts that their fields cannot hold. */
export function unfitTexts(records: readonly RecordTexts[]): UnfitText[] {
  return records.flatMap(({ type, record, texts }) =>
    Object.entries(limits[type] ?? {}).flatMap(([field, { most, from }]) => {
      const value = texts[field] ?? '';
      if (value.length <= most) return [];
      const shown = boundedText(value, 200);
      return [
        {
          record,
          ...inWords('FIELD_TOO_LONG', { field, record, length: value.length, most, shown, from }),
          field,
          value: shown,
        },
      ];
    }),
  );
}

/** Throws `contract.invalid` for the first text that its field cannot hold, with all of them as issues: before anything is asked or written. */
export function mustFit(records: readonly RecordTexts[]): void {
  const [first, ...more] = unfitTexts(records);
  if (!first) return;
  throw new Failure({
    ...first,
    class: 'contract.invalid',
    system: 'netsuite',
    ...(more.length > 0 ? { issues: [first, ...more] } : {}),
    outcome: 'not-made',
  });
}
