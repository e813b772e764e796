import { badRequest, forbidden, notFound } from './errors.ts';
import { commonTests, parseInstant, referencedIds } from './filters.ts';
import type { Call, Resource } from './resource.ts';
import type { KantataState, Row } from './state.ts';

export interface Page {
  rows: Row[];
  count: number;
  page: number;
  size: number;
}

interface Remembered {
  key: string;
  version: number;
  /** the bound that `rows` begin after; empty = all */
  from: string;
  rows: Row[];
}

/** The last few selections: paging through one of 100,000 rows selects once, not once per page. Any write makes them stale. */
const remembered = new WeakMap<KantataState, Remembered[]>();
const REMEMBER = 8;

export function list(call: Call, resource: Resource): Page {
  mayRead(call, resource);
  for (const name of resource.requiredFilters ?? []) {
    if (call.query.get(name) === undefined) throw badRequest(`${name} is required`);
  }
  const rows = selected(call, resource);
  const { offset, size, page } = call.query.paging();
  return { rows: rows.slice(offset, offset + size), count: rows.length, page, size };
}

export function show(call: Call, resource: Resource, id: string): Row {
  mayRead(call, resource);
  const row = call.store.find(resource.collection, id);
  if (!row || !reaches(call, resource)(row) || !(resource.visible?.(row, call) ?? true)) throw notFound();
  return row;
}

/** The row for a write: found also when the default filter hides it, since an archived project can be opened again. */
export function writable(call: Call, resource: Resource, id: string): Row {
  const row = call.store.find(resource.collection, id);
  if (!row || !reaches(call, resource)(row)) throw notFound();
  return row;
}

export function mayRead(call: Call, resource: Resource): void {
  if (resource.administratorsOnly === 'all' && !call.caller.administrator) throw forbidden();
}

/** The rows asked for, in order. A poller's moving `updated_after` cuts the remembered selection instead of making a new one. */
function selected(call: Call, resource: Resource): Row[] {
  const { store, query, caller } = call;
  const { attribute, descending } = orderOf(call, resource);
  const boundName = BOUNDS[attribute];
  const text = boundName === undefined ? undefined : query.get(boundName);
  const from = text === undefined ? '' : parseInstant(text);
  const key = `${caller.userId} ${resource.collection} ${query.signature(boundName)}`;
  const memory = (remembered.get(store.state) ?? []).filter((entry) => entry.version === store.version);
  let found = memory.find((entry) => entry.key === key && entry.from <= from);
  // a moving clock hides old events, so that feed is never remembered
  if (!found || resource.collection === 'subscribed_events') {
    found = { key, version: store.version, from, rows: select(call, resource, attribute, boundName) };
  }
  const kept = found;
  remembered.set(store.state, [kept, ...memory.filter((entry) => entry.key !== key)].slice(0, REMEMBER));
  const rows = kept.rows.slice(firstAfter(kept.rows, attribute, from));
  return descending ? rows.reverse() : rows;
}

const BOUNDS: Record<string, string> = { updated_at: 'updated_after', created_at: 'created_after' };

function firstAfter(rows: Row[], attribute: string, from: string): number {
  if (from === '') return 0;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (String(rows[middle]?.[attribute] ?? '') <= from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function select(call: Call, resource: Resource, attribute: string, boundName: string | undefined): Row[] {
  const tests = testsOf(call, resource, boundName);
  const rows = candidates(call, resource, attribute, boundName);
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

/** Ascending rows that can match, cut short by an index where one helps. */
function candidates(call: Call, resource: Resource, attribute: string, boundName: string | undefined): Row[] {
  const { store, query } = call;
  const table = store.table(resource.collection);
  const only = query.list('only');
  const ids = only.length > 0 ? new Set(only) : referencedIds(call, referenceType(resource));
  if (ids && (only.length > 0 || resource.associations['external_references'])) {
    return sorted(
      [...ids].flatMap((id) => table.rows[id] ?? []),
      attribute,
    );
  }
  const workspaceId = query.get('workspace_id');
  if (workspaceId !== undefined && keyedByProject(resource))
    return sorted(store.where(resource.collection, 'workspace_id', workspaceId), attribute);
  const bound = boundName === undefined ? undefined : query.get(boundName);
  return table.ordered(attribute, bound === undefined ? undefined : parseInstant(bound));
}

const keyedByProject = (resource: Resource): boolean =>
  resource.filters?.['workspace_id'] !== undefined &&
  Object.values(resource.associations).some((association) => association.key === 'workspace_id');

function sorted(rows: Row[], attribute: string): Row[] {
  const key = (row: Row): string => String(row[attribute] ?? '');
  return rows.sort((a, b) => (key(a) === key(b) ? Number(a.id) - Number(b.id) : key(a) < key(b) ? -1 : 1));
}

function testsOf(call: Call, resource: Resource, boundName: string | undefined): ((row: Row) => boolean)[] {
  const { query, caller } = call;
  const tests: ((row: Row) => boolean)[] = [];
  if (!caller.administrator) tests.push(reaches(call, resource));
  tests.push(...commonTests(call, referenceType(resource), resource.associations['external_references'] !== undefined, boundName));
  for (const [name, filter] of Object.entries(resource.filters ?? {})) {
    const value = query.get(name);
    if (value !== undefined && value !== '') tests.push(filter(value, call));
  }
  const search = query.get('search')?.toLowerCase();
  const searched = resource.search;
  if (search && searched) {
    tests.push((row) =>
      searched.some((attribute) =>
        String(row[attribute] ?? '')
          .toLowerCase()
          .includes(search),
      ),
    );
  }
  const { visible } = resource;
  if (visible) tests.push((row) => visible(row, call));
  return tests;
}

const referenceType = (resource: Resource): string => resource.referenceType ?? resource.subjectType;

/** `order=name:direction`; unknown names are ignored, and so is all of `order` when `search` is given. */
function orderOf(call: Call, resource: Resource): { attribute: string; descending: boolean } {
  const fallback = resource.defaultOrder ?? 'created_at:desc';
  const asked = call.query.get('search') && resource.search ? undefined : call.query.get('order');
  const [name = '', direction] = (asked ?? '').split(':');
  const attribute = resource.orders?.[name];
  if (attribute) return { attribute, descending: direction === 'desc' };
  const [standard = '', standardDirection] = fallback.split(':');
  return { attribute: resource.orders?.[standard] ?? standard, descending: standardDirection === 'desc' };
}

/** Project rights: without administrator permission only rows of the caller's projects, and the caller's own. */
function reaches(call: Call, resource: Resource): (row: Row) => boolean {
  const { caller } = call;
  if (caller.administrator) return () => true;
  if (resource.collection === 'workspaces') return (row) => caller.sees(row.id);
  if (
    resource.attributes['workspace_id'] ||
    Object.values(resource.associations).some((association) => association.key === 'workspace_id')
  ) {
    return (row) => caller.sees(row['workspace_id']);
  }
  return () => true;
}
