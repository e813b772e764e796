import type { Field } from './field.ts';
import { type ErrorDetail, invalidContent, invalidReference, userError } from './netsuite-error.ts';
import type { RecordStore } from './record-store.ts';
import { knownType } from './record-types.ts';
import type { Scalar } from './state.ts';
import { calendarDate } from './time-zone.ts';

export type Parsed = { value: Scalar | null } | { error: ErrorDetail };

/** One property value of a request body as it is stored, or what the property value validation says. */
export function parseValue(store: RecordStore, name: string, field: Field, raw: unknown, path: string): Parsed {
  if (raw === null) return { value: null };
  const value = parsers[field.kind](raw, { store, name, field, path });
  if (value === undefined) return { error: invalidContent(`Invalid value for the property '${name}'. Expected: ${field.kind}.`, path) };
  if (typeof value === 'object') return { error: value };
  return { value };
}

interface Place {
  store: RecordStore;
  name: string;
  field: Field;
  path: string;
}

const parsers: Record<Field['kind'], (raw: unknown, place: Place) => Scalar | ErrorDetail | undefined> = {
  text: parseText,
  boolean: (raw) => (typeof raw === 'boolean' ? raw : undefined),
  number: (raw) => (typeof raw === 'number' ? raw : undefined),
  integer: (raw) => (typeof raw === 'number' && Number.isInteger(raw) ? raw : undefined),
  date: (raw, { store }) => parseDate(raw, store.state.timeZone),
  dateTime: (raw) => (typeof raw === 'string' && !Number.isNaN(Date.parse(raw)) ? toSeconds(new Date(raw)) : undefined),
  duration: parseDuration,
  reference: parseReference,
  choice: (raw, { field }) => {
    const given = idOf(raw);
    if (given === undefined) return undefined;
    const options = field.options ?? {};
    if (Object.hasOwn(options, given)) return given;
    return field.spellings?.[given];
  },
};

/** A text that is too long is refused, never cut: seen in the field as `The field addr1 contained more than the maximum number ( 150 ) of characters allowed.` */
function parseText(raw: unknown, { store, name, field, path }: Place): string | ErrorDetail | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const given = String(raw);
  if (field.most === undefined || given.length <= field.most) return given;
  const [detail] = userError(store.state, 'tooLong', [name.toLowerCase(), String(field.most)], { path }).details;
  return detail;
}

/** `2019-12-09T11:22:00Z`: the API shows no parts of a second. */
export function toSeconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/** A date is a date; an instant sent for a date is cut in the user's time zone, which is how a day of work moves to the day before. */
function parseDate(raw: unknown, zone: string): string | undefined {
  if (typeof raw !== 'string') return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(raw)) {
    const parsed = new Date(`${raw}T00:00:00Z`);
    return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== raw ? undefined : raw;
  }
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(raw) && !Number.isNaN(Date.parse(raw))) return calendarDate(zone, Date.parse(raw));
  return undefined;
}

/** Hours as `"4:30"` or as a decimal number; kept to the minute. */
function parseDuration(raw: unknown): number | undefined {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const clock = /^(-?)(\d+):([0-5]\d)$/.exec(String(raw));
  if (clock) return (clock[1] ? -1 : 1) * (Number(clock[2]) * 60 + Number(clock[3]));
  if (!/^-?\d+(\.\d+)?$/.test(String(raw))) return undefined;
  return Math.round(Number(raw) * 60);
}

function parseReference(raw: unknown, { store, name, field, path }: Place): string | ErrorDetail | undefined {
  const types = field.to ?? [];
  const externalId = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>).externalId : undefined;
  const id = idOf(raw);
  if (id === undefined && typeof externalId === 'string') {
    for (const type of types) {
      const record = store.byExternalId(knownType(type), externalId);
      if (record) return record.id;
    }
    return invalidReference(externalId, name, path);
  }
  if (id === undefined) return undefined;
  if (types.length === 0 || store.find(types, id)) return id;
  return invalidReference(id, name, path);
}

/** `{"id": "1"}`, `"1"` and `1` are all taken for a reference. */
function idOf(raw: unknown): string | undefined {
  const id = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>).id : raw;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
