import { accountDate, toAccountTime } from './account-time.ts';
import { registry } from './registry.ts';
import type { Association, Attribute, Call, Resource } from './resource.ts';
import type { Json, Row } from './state.ts';

/** A stored row as the API shows it. */
export function present(row: Row, resource: Resource, call: Call, include: string[], optional: string[]): Record<string, Json> {
  const shown: Record<string, Json> = {};
  for (const [name, attribute] of Object.entries(resource.attributes)) {
    if (attribute.optional && !optional.includes(name)) continue;
    if (attribute.financial && !call.caller.administrator) continue;
    shown[name] = show(row, name, attribute, call);
  }
  const always = call.store.state.foreignKeys === 'captured';
  for (const [name, association] of Object.entries(resource.associations)) {
    if (association.key in shown) continue;
    if (include.includes(name) || (always && association.captured)) shown[association.key] = keyOf(row, association, call);
  }
  shown['id'] = row.id;
  return shown;
}

function show(row: Row, name: string, attribute: Attribute, call: Call): Json {
  const value = attribute.compute ? attribute.compute(row, call) : (row[name] ?? attribute.default ?? null);
  if (value === null) return attribute.blank ? '' : null;
  switch (attribute.type) {
    case 'datetime':
      return toAccountTime(String(value), call.store.state.account.timeZone);
    case 'integerId':
      return Number(value);
    default:
      return value;
  }
}

function keyOf(row: Row, association: Association, call: Call): Json {
  const ids = associatedIds(row, association, call);
  return association.many ? ids : (ids[0] ?? null);
}

export function associatedIds(row: Row, association: Association, call: Call): string[] {
  if (association.ids) return association.ids(row, call.store);
  const value = row[association.key];
  if (Array.isArray(value)) return value.map(String);
  return value === null || value === undefined ? [] : [String(value)];
}

/** The envelope of every read and write, https://developer.kantata.com/ "Response Format". */
export function envelope(
  call: Call,
  resource: Resource,
  rows: Row[],
  page?: { count: number; page: number; size: number },
): { [key: string]: Json } {
  const include = call.query.list('include');
  const optional = call.query.list('optional_fields');
  const count = page?.count ?? rows.length;
  const size = page?.size ?? 20;
  const main: Record<string, Json> = {};
  for (const row of rows) main[row.id] = present(row, resource, call, include, optional);
  const answer: { [key: string]: Json } = {
    count,
    results: rows.map((row) => ({ key: resource.collection, id: row.id })),
    [resource.collection]: main,
    meta: { count, page_count: Math.ceil(count / size), page_number: page?.page ?? 1, page_size: size },
  };
  sideLoad(call, resource, rows, include, optional, answer);
  return answer;
}

function sideLoad(
  call: Call,
  resource: Resource,
  rows: Row[],
  include: string[],
  optional: string[],
  answer: { [key: string]: Json },
): void {
  for (const name of include) {
    if (name === 'subject') polymorphicSubjects(call, resource, rows, answer);
    const association = resource.associations[name];
    const other = association && registry.get(association.collection);
    if (!association || !other) continue;
    const loaded = section(answer, association.collection);
    for (const row of rows) {
      for (const id of associatedIds(row, association, call)) {
        const found = call.store.find(association.collection, id);
        // a side-loaded row of the listed type must not hide the attributes that the list asked for
        if (found && !loaded[id]) loaded[id] = present(found, other, call, [], optional);
      }
    }
  }
}

/** The keyed objects of one type; those that the list itself gave are kept. */
function section(answer: { [key: string]: Json }, collection: string): Record<string, Json> {
  const known = answer[collection];
  if (typeof known === 'object' && known !== null && !Array.isArray(known)) return known;
  const fresh: Record<string, Json> = {};
  answer[collection] = fresh;
  return fresh;
}

/** `include=subject` of events and external references: `subject_ref`, null when the subject is gone. */
function polymorphicSubjects(call: Call, resource: Resource, rows: Row[], answer: { [key: string]: Json }): void {
  const main = answer[resource.collection] as Record<string, Record<string, Json>>;
  for (const row of rows) {
    const other = registry.bySubject(String(row['subject_type']));
    const found = other && call.store.find(other.collection, row['subject_id']);
    const shown = main[row.id];
    if (shown) shown['subject_ref'] = other && found ? { key: other.collection, id: found.id } : null;
    if (!other || !found) continue;
    const loaded = section(answer, other.collection);
    loaded[found.id] ??= present(found, other, call, [], []);
  }
}

export const today = (call: Call): string => accountDate(call.sim.clock.now(), call.store.state.account.timeZone);
