import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { sameNumber } from '../erp-project-create/examine-project.ts';
import { fieldText, isEmpty, linesOf, referredId } from './record-field.ts';

/** Fields that a line of a billing schedule takes: SuiteTalk schema lists.accounting, BillingScheduleMilestone. */
const lineFields = [
  'milestoneAmount',
  'milestoneTerms',
  'projectTask',
  'milestoneDate',
  'milestoneCompleted',
  'milestoneActualCompletionDate',
  'comments',
];

/** The lines of a billing schedule, as they can be sent again. */
export function milestoneLines(record: JsonObject): JsonObject[] {
  return linesOf(record, 'milestone').map((line) =>
    Object.fromEntries(
      lineFields.flatMap((name): [string, Json][] => {
        const value = line[name];
        if (value === undefined || isEmpty(value)) return [];
        return [[name, isObject(value) ? { id: String(value['id']) } : value]];
      }),
    ),
  );
}

/** Does a record hold this value, as it would be sent? */
export function holdsValue(record: JsonObject, field: string, value: Json): boolean {
  if (field === 'milestone') return sameLines(milestoneLines(record), isObject(value) ? value['items'] : undefined);
  if (isObject(value)) return referredId(record, field) === value['id'];
  if (typeof value === 'boolean') return (record[field] === true) === value;
  const there = fieldText(record, field);
  if (value === null) return there === undefined || (field === 'estimatedWork' && sameNumber(there, '0'));
  if (typeof value === 'number') return sameNumber(there ?? (field === 'estimatedWork' ? '0' : ''), String(value));
  return plain(there) === plain(typeof value === 'string' ? value : undefined);
}

function sameLines(there: JsonObject[], wanted: Json | undefined): boolean {
  if (!Array.isArray(wanted) || wanted.length !== there.length) return false;
  const marks = (lines: readonly Json[]) => lines.map(lineMark).sort();
  const [one, other] = [marks(there), marks(wanted)];
  return one.every((mark, at) => mark === other[at]);
}

function lineMark(line: Json): string {
  const record = isObject(line) ? line : {};
  const percent = (fieldText(record, 'milestoneAmount') ?? '').replace(/ ?%$/, '');
  return JSON.stringify([String(Number(percent)), fieldText(record, 'milestoneDate'), plain(fieldText(record, 'comments'))]);
}

/** Line ends and blanks at the ends are NetSuite's to change. */
const plain = (text: string | undefined) => (text ?? '').replace(/\r\n?/g, '\n').trim();
