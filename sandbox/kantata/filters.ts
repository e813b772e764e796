import { isCalendarDate } from './account-time.ts';
import { badRequest } from './errors.ts';
import { isTrue, splitList } from './query.ts';
import type { Call, Filter } from './resource.ts';
import type { Row } from './state.ts';

/** `workspace_id=5` */
export const equals =
  (attribute: string): Filter =>
  (value) =>
  (row) =>
    String(row[attribute] ?? '') === value;

/** `workspace_ids=5,6` */
export const oneOf =
  (attribute: string): Filter =>
  (value) => {
    const wanted = new Set(splitList(value));
    return (row) => wanted.has(String(row[attribute] ?? ''));
  };

/** `billable=true` and `billable=false` both filter. */
export const flag =
  (attribute: string): Filter =>
  (value) => {
    const wanted = isTrue(value);
    return (row) => (row[attribute] === true) === wanted;
  };

/** `true` filters; `false` leaves all. */
export const onlyIf =
  (test: (row: Row, call: Call) => boolean): Filter =>
  (value, call) =>
    isTrue(value) ? (row) => test(row, call) : () => true;

/** `2026-11-01:2026-11-30`, both days counted. */
export const dateBetween =
  (attribute: string): Filter =>
  (value) => {
    const { start, end } = parseRange(value);
    return (row) => String(row[attribute] ?? '') >= start && String(row[attribute] ?? '') <= end;
  };

/** A row's range shares a day with the wanted one. */
export const overlaps =
  (from: string, to: string): Filter =>
  (value) => {
    const { start, end } = parseRange(value);
    return (row) => String(row[from] ?? '') <= end && String(row[to] ?? '9999') >= start;
  };

function parseRange(value: string): { start: string; end: string } {
  const [start = '', end = ''] = value.split(':');
  if (!isCalendarDate(start) || !isCalendarDate(end)) throw badRequest(`Invalid date range: ${value}`);
  return { start, end };
}

/** Both bounds are exclusive (unverified); stored instants have no fractions, so a wanted instant within the second still bounds it. */
export const after =
  (attribute: string): Filter =>
  (value) => {
    const bound = parseInstant(value);
    return (row) => String(row[attribute] ?? '') > bound;
  };

export const before =
  (attribute: string): Filter =>
  (value) => {
    const bound = parseInstant(value);
    return (row) => String(row[attribute] ?? '') < bound;
  };

/** An ISO 8601 instant in the stored form: comparable as text. A day alone is its first moment in UTC. */
export function parseInstant(value: string): string {
  // a "+" of an offset that was not percent-encoded arrives as a space
  const time = Date.parse(value.replace(/ (\d\d:?\d\d)$/, '+$1'));
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(time)) throw badRequest(`Invalid datetime: ${value}`);
  const iso = new Date(time).toISOString();
  // fractions sort after the whole second in "...05.5Z" only if the Z is cut off on both sides; keep the whole second's form exact
  return iso.endsWith('.000Z') ? `${iso.slice(0, 19)}Z` : `${iso.slice(0, 19)}Z~`;
}

const TIMES: Record<string, Filter> = {
  created_after: after('created_at'),
  created_before: before('created_at'),
  updated_after: after('updated_at'),
  updated_before: before('updated_at'),
};

type ReferenceTest = (row: Row) => boolean;

/** The parameters that look at an object's external references; all given ones must hold for the same reference. */
const REFERENCE_PARAMETERS: Record<string, (value: string) => ReferenceTest> = {
  external_reference_service_name: (value) => (row) => row['service_name'] === value,
  external_reference_service_model: (value) => (row) => row['service_model'] === value,
  external_reference_service_model_ref: (value) => (row) => row['service_model_ref'] === value,
  external_reference_service_model_refs: (value) => {
    const wanted = new Set(splitList(value).slice(0, 200));
    return (row) => wanted.has(String(row['service_model_ref']));
  },
  external_reference_status: (value) => (row) => row['status'] === value,
  external_reference_external_message: (value) => (row) => row['external_message'] === value,
  external_reference_external_status: (value) => (row) => row['external_status'] === value,
};

/** Tests for the parameters that most lists share; the order's own bound is left out, since the order is cut there. */
export function commonTests(call: Call, subjectType: string, referable: boolean, except: string | undefined): ((row: Row) => boolean)[] {
  const tests: ((row: Row) => boolean)[] = [];
  for (const [name, filter] of Object.entries(TIMES)) {
    const value = call.query.get(name);
    if (value !== undefined && name !== except) tests.push(filter(value, call));
  }
  if (!referable) return tests;
  const referenceTests = referenceParameters(call);
  const { store, query } = call;
  if (referenceTests.length > 0) {
    tests.push((row) => store.references(subjectType, row.id).some((reference) => referenceTests.every((test) => test(reference))));
  }
  const has = query.get('has_external_references');
  if (has !== undefined) tests.push((row) => store.references(subjectType, row.id).length > 0 === isTrue(has));
  const without = query.get('without_external_reference_service_name');
  if (without !== undefined) {
    tests.push((row) => !store.references(subjectType, row.id).some((reference) => reference['service_name'] === without));
  }
  return tests;
}

export function referenceParameters(call: Call): ReferenceTest[] {
  return Object.entries(REFERENCE_PARAMETERS).flatMap(([name, make]) => {
    const value = call.query.get(name);
    return value === undefined ? [] : [make(value)];
  });
}

/** Ids whose external references can match, by the index on the external id; undefined when no such parameter is given. */
export function referencedIds(call: Call, subjectType: string): Set<string> | undefined {
  const { query, store } = call;
  const single = query.get('external_reference_service_model_ref');
  const refs = single !== undefined ? [single] : query.list('external_reference_service_model_refs').slice(0, 200);
  if (refs.length === 0) return undefined;
  const rows = refs.flatMap((ref) => store.where('external_references', 'service_model_ref', ref));
  return new Set(rows.filter((row) => row['subject_type'] === subjectType).map((row) => String(row['subject_id'])));
}
