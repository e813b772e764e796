import { createHash } from 'node:crypto';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../../model/failure-words.ts';
import { canonicalJson, type Json, type JsonObject } from '../../../model/json.ts';
import type { UpsertRequest } from '../../../model/operations.ts';
import { longId } from '../wire/record-id.ts';

/** One record of a request: its external id taken out, the rest as it is sent. */
export interface UpsertRow {
  key: string;
  fields: JsonObject;
  /** HTTP date: written only where nobody has changed the record since; of one record by its id alone */
  unmodifiedSince?: string;
  /** what the write is known by where that is not all of its fields */
  told?: JsonObject;
}

/** How one request reaches Salesforce, whatever the number of its records. */
export interface UpsertTarget {
  sobject: string;
  externalIdField: string;
  byId: boolean;
}

export function targetOf(request: UpsertRequest): UpsertTarget {
  const { type: sobject, externalIdField } = request;
  for (const [field, name = ''] of Object.entries({ sobject, externalIdField })) {
    if (!/^[A-Za-z]\w*$/.test(name)) throw invalid(field, inWords('REQUEST_INVALID.salesforce-name', { field, name }));
  }
  return { sobject, externalIdField, byId: externalIdField.toLowerCase() === 'id' };
}

/** What a person calls a record: by its object in Salesforce, and its key. */
export const recordOf = ({ sobject }: UpsertTarget, { key }: Pick<UpsertRow, 'key'>) => phrase('RECORD.salesforce', { sobject, key });

/** What Salesforce takes for one key: an id is written in 15 or 18 characters, and blanks at the ends of a text are not kept. */
const keptAs = (key: string, { byId }: UpsertTarget) => (byId ? longId(key.trim()) : key.trim());

/** Two keys of a request that differ in case only. Whether they are one, the field says. */
export function hasKeysAlike({ records, externalIdField }: UpsertRequest, target: UpsertTarget): boolean {
  if (target.byId) return false;
  const keys = records.flatMap((record) => {
    const name = Object.keys(record).find((candidate) => candidate.toLowerCase() === externalIdField.toLowerCase());
    const value = name ? record[name] : undefined;
    return typeof value === 'string' ? [keptAs(value, target)] : [];
  });
  return new Set(keys.map((key) => key.toLowerCase())).size < new Set(keys).size;
}

/** The rows of a request, or the failure of a record that has no external id of its own. `foldsCase`: the field takes keys for one whatever their case. */
export function rowsOf(request: UpsertRequest, target: UpsertTarget, foldsCase = false): (UpsertRow | Failure)[] {
  const seen = new Map<string, string>();
  const field = target.externalIdField;
  return request.records.map((record, index) => {
    const nth = index + 1;
    const name = Object.keys(record).find((candidate) => candidate.toLowerCase() === field.toLowerCase());
    const value = name ? record[name] : undefined;
    const where = { record: phrase('RECORD.salesforce-nth', { sobject: target.sobject, nth }) };
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') {
      return invalid(field, inWords('EXTERNAL_ID_MISSING', { nth, field })).with(where);
    }
    const key = String(value);
    if (!key.isWellFormed()) {
      return invalid(field, inWords('EXTERNAL_ID_WRONG', { nth, field })).with(where);
    }
    // the second would be written over the first
    const kept = keptAs(key, target);
    const one = foldsCase ? kept.toLowerCase() : kept;
    const other = seen.get(one);
    if (other !== undefined) {
      const said =
        keptAs(other, target) === kept ? inWords('EXTERNAL_ID_TWICE', { key }) : inWords('EXTERNAL_ID_TWICE.case', { key, other, field });
      return invalid(field, said).with({ ...where, value: key });
    }
    seen.set(one, key);
    return { key, fields: fieldsOf(record, name as string) };
  });
}

/** `attributes` and absent values are not sent, nor is the key: it is in the address. */
function fieldsOf(record: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name, value]) => name !== 'attributes' && name !== key && value !== undefined));
}

/** A key for several records together that is the same whenever the same records are sent; `withContent`: with the same values. */
export function groupKey(target: UpsertTarget, rows: UpsertRow[], what: string, withContent = false): string {
  const digest = createHash('sha256')
    .update(canonicalJson(rows.map(({ key, fields }) => (withContent ? [key, fields] : key))))
    .digest('hex');
  return `${target.sobject} ${what} ${rows[0]?.key} … ${rows.at(-1)?.key} (${rows.length}) ${digest.slice(0, 12)}`;
}

/** A short mark of what a record holds. */
export const contentHash = (fields: JsonObject): string => createHash('sha256').update(canonicalJson(fields)).digest('hex').slice(0, 8);

/** What is kept of the rows with the effect: plain JSON. */
export const requestOf = (rows: UpsertRow[], target: UpsertTarget): Json =>
  rows.map((row) => ({ ...row.fields, [target.externalIdField]: row.key }));

/** What was sent in the field that Salesforce complains about. */
export function valueSent(error: unknown, row: UpsertRow): { value?: string } {
  const field = Failure.is(error) ? error.field?.toLowerCase() : undefined;
  const name = Object.keys(row.fields).find((candidate) => candidate.toLowerCase() === field);
  const value = name ? row.fields[name] : undefined;
  return value === undefined || value === null || typeof value === 'object' ? {} : { value: String(value).slice(0, 120) };
}

/**
 * Whether a record was created, as an answer says it. "Changed" is true only of the first send: one that was sent before, and whose answer was lost, may
 * have been created by that. Absent = not known.
 */
export function createdBy(answer: unknown, { byId }: UpsertTarget, again: boolean | undefined): { created?: boolean } {
  if (answer === true && !byId) return { created: true };
  return again && !byId ? {} : { created: false };
}

/**
 * Of two writers that make the same record at one moment, the slower is refused in its own external id: the record is there then, and the next try
 * finds it.
 */
export function unlessOvertakenInKey(failure: Failure, { externalIdField }: UpsertTarget): Failure {
  const names = failure.code === 'DUPLICATE_VALUE' ? (failure.message.match(/\w+/g) ?? []) : [];
  const isKey = names.some((name) => name.toLowerCase() === externalIdField.toLowerCase());
  return isKey ? failure.with({ class: 'transient.locked' }) : failure;
}

const ofRecord = /^(contract|business|conflict|mapping|ownership)\./;

/** True when the record itself was refused: only a changed record or org can help, so the others go on. */
export function refusesRecord(failure: Failure): boolean {
  return ofRecord.test(failure.class);
}

function invalid(field: string, said: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...said, system: 'salesforce', field, outcome: 'not-made' });
}
