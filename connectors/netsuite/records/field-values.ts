import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { sameNumber } from '../erp-project-create/examine-project.ts';
import { fieldText, isEmpty, linesOf, referredId, textOrId } from './record-field.ts';

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
export const milestoneLines = (record: JsonObject): JsonObject[] => linesOf(record, 'milestone').map(lineToSend);

export function lineToSend(line: JsonObject): JsonObject {
  return Object.fromEntries(
    lineFields.flatMap((name): [string, Json][] => {
      const value = line[name];
      if (value === undefined || isEmpty(value)) return [];
      return [[name, isObject(value) ? { id: String(value['id']) } : value]];
    }),
  );
}

/** Does a record hold this value, as it would be sent? */
export function holdsValue(record: JsonObject, field: string, value: Json): boolean {
  if (field === 'milestone') return sameLines(milestoneLines(record), isObject(value) ? value['items'] : undefined);
  if (isObject(value)) return referredId(record, field) === value['id'];
  if (typeof value === 'boolean') return (record[field] === true) === value;
  const there = fieldText(record, field);
  if (value === null) {
    if (field === 'estimatedWork' && there !== undefined) return sameNumber(there, '0');
    return textOrId(record, field) === undefined && record[field] !== true;
  }
  if (typeof value === 'number') return sameNumber(there ?? (field === 'estimatedWork' ? '0' : ''), String(value));
  return plain(there) === plain(typeof value === 'string' ? value : undefined);
}

/**
 * The same lines in any order, each with all that was said of it: what NetSuite adds to a line makes no other line of it. One that was marked completed
 * meanwhile is another, since it can be billed.
 */
function sameLines(there: JsonObject[], wanted: Json | undefined): boolean {
  if (!Array.isArray(wanted) || wanted.length !== there.length) return false;
  const left = new Set(there);
  return wanted.every((line) => {
    const same = isObject(line) && [...left].find((one) => isSameLine(one, line));
    return same ? left.delete(same) : false;
  });
}

function isSameLine(there: JsonObject, wanted: JsonObject): boolean {
  const completed = (line: JsonObject) => line['milestoneCompleted'] === true;
  if (completed(there) !== completed(wanted)) return false;
  return Object.entries(wanted).every(([field, value]) => {
    if (field === 'milestoneCompleted') return true;
    if (field === 'milestoneAmount') return sameNumber(percentOf(there), percentOf(wanted));
    return plain(textOrId(there, field)) === plain(textOrId({ [field]: value }, field));
  });
}

const percentOf = (line: JsonObject) => (fieldText(line, 'milestoneAmount') ?? '').replace(/ ?%$/, '');

/** Line ends and blanks at the ends are NetSuite's to change. */
const plain = (text: string | undefined) => (text ?? '').replace(/\r\n?/g, '\n').trim();
