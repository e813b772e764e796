import { boundedText } from '../../../model/bounded-text.ts';
import { isCalendarDate } from '../../../model/calendar-date.ts';
import type { UnreadableRow } from '../../../model/operations.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { keyOfExternalId } from '../records/external-id.ts';
import { isRowId } from '../wire/rows-by-id.ts';
import type { Row } from '../wire/suiteql.ts';
import { minutesIn } from '../records/time-bill.ts';

const isNumber = (value: string) => outsideNumber(value, { least: -1e15, most: 1e15 }) !== undefined;

/** What a row of posted time must say, in order of importance; `field` is what NetSuite calls it. */
const checks: readonly { column: string; field: string; isReadable(value: string | undefined): boolean }[] = [
  { column: 'id', field: 'id', isReadable: isRowId },
  { column: 'externalid', field: 'externalId', isReadable: (value) => value !== undefined },
  { column: 'hours', field: 'hours', isReadable: (value) => value !== undefined && minutesIn(value) !== undefined },
  { column: 'day', field: 'tranDate', isReadable: isCalendarDate },
  { column: 'isbillable', field: 'isBillable', isReadable: (value) => value === 'T' || value === 'F' },
  { column: 'rate', field: 'rate', isReadable: (value) => value === undefined || isNumber(value) },
];

/** Why no fact can be made of a row of posted time; `place` names a row that does not say its id. Time that was entered by hand has no external id. */
export function unreadableRow(row: Row, place: string, byHand = false): UnreadableRow | undefined {
  const wrong = checks.find(({ column, isReadable }) => !isReadable(row[column]) && !(byHand && column === 'externalid'));
  if (!wrong) return undefined;
  const { id = place, externalid, [wrong.column]: value } = row;
  return {
    ...(externalid === undefined ? {} : { key: keyOfExternalId(externalid) }),
    id: boundedText(id, 100),
    field: wrong.field,
    ...(value === undefined ? {} : { value: boundedText(value, 100) }),
  };
}
