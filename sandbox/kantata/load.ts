import type { Simulator } from '../simulator.ts';
import { toStored } from './account-time.ts';
import { isObject, type Received } from './body.ts';
import { coerce, NOT_VALID } from './coerce.ts';
import { registry } from './registry.ts';
import type { AttributeType, Resource } from './resource.ts';
import { ADMINISTRATOR_ID, type Json, type KantataState, type RateLimit, type Row } from './state.ts';
import { Store } from './store.ts';

/**
 * Test set-up, past the API's rules: no validation, no journal, no events.
 *
 * - `{ <collection>: [row, …] }`: ids are kept or generated; foreign keys (`workspace_id`) are plain attributes; times may be any ISO form
 * - `lockDate`: closes time before this day · `rateLimits` · `tokens` (`{token: userId}`) · `account` · `feed` · `foreignKeys`
 */
export function load(sim: Simulator<KantataState>, data: unknown): void {
  if (!isObject(data)) throw new Error('kantata: load expects an object');
  const store = new Store(sim.state);
  const now = toStored(sim.clock.now());
  for (const [name, value] of Object.entries(data)) {
    if (SETTINGS[name]) SETTINGS[name](store, value, now);
    else if (Array.isArray(value)) for (const record of value) insert(store, name, isObject(record) ? record : {}, now);
    else throw new Error(`kantata: load does not know ${name}`);
  }
  if (Array.isArray(data['users'])) for (const user of store.table('users').all()) addMembership(store, user, now);
}

const SETTINGS: Record<string, (store: Store, value: Json, now: string) => void> = {
  rateLimits: ({ state }, value) => {
    state.rateLimits = value as unknown as RateLimit[];
  },
  lockDate: (store, value, now) => {
    insert(store, 'line_item_locks', { locked_to: value, creator_id: ADMINISTRATOR_ID }, now);
  },
  tokens: ({ state }, value) => {
    Object.assign(state.tokens, value);
  },
  account: ({ state }, value) => {
    Object.assign(state.account, value);
  },
  feed: ({ state }, value) => {
    Object.assign(state.feed, value);
  },
  foreignKeys: ({ state }, value) => {
    state.foreignKeys = value === 'captured' ? 'captured' : 'contract';
  },
};

function insert(store: Store, collection: string, record: Received, now: string): void {
  const resource = registry.get(collection);
  const created = instant(record['created_at']) ?? now;
  const { external_reference: reference, ...plain } = record;
  const row: Row = {
    ...standard(store, resource, plain),
    ...normalised(resource, plain),
    id: plain['id'] === undefined || plain['id'] === null ? store.newId() : String(plain['id']),
    created_at: created,
    updated_at: instant(record['updated_at']) ?? created,
  };
  store.insert(collection, row);
  if (isObject(reference) && resource) {
    const subject = { subject_type: resource.referenceType ?? resource.subjectType, subject_id: Number(row.id) };
    insert(store, 'external_references', { status: 'successful', last_synced_at: now, ...reference, ...subject }, now);
  }
}

/** Values that the API would have filled in and that its rules rely on. */
function standard(_store: Store, resource: Resource | undefined, record: Received): Received {
  switch (resource?.collection) {
    case 'time_entries':
      return { approved: false, is_invoiced: false, billable: true, rate_in_cents: 0, cost_rate_in_cents: 0, taxable: false };
    case 'stories':
      return { state: record['story_type'] === 'issue' ? 'new' : 'not started', story_type: 'task', billable: true };
    case 'workspaces':
      return { archived: false, creator_id: ADMINISTRATOR_ID, workspace_group_ids: groupsOf(record) };
    case 'timesheet_submissions':
      return { status: 'pending' };
    case 'resource_requests':
      return { status: 'new', approver_ids: [] };
    default:
      return {};
  }
}

function groupsOf(record: Received): Json[] {
  const primary = record['primary_workspace_group_id'];
  return primary === undefined || primary === null ? [] : [String(primary)];
}

/** A person without a membership could neither log in nor have a rate; `default_role_id`, rates and the like may be given on the user. */
function addMembership(store: Store, user: Row, now: string): void {
  if (store.where('account_memberships', 'user_id', user.id).length > 0) return;
  const { is_administrator, permission, bill_rate_in_cents, cost_rate_in_cents, default_role_id, role_id } = user;
  const administrator = is_administrator === true;
  insert(
    store,
    'account_memberships',
    {
      user_id: user.id,
      is_administrator: administrator,
      permission: permission ?? (administrator ? 'administrator' : 'collaborator'),
      bill_rate_in_cents: bill_rate_in_cents ?? null,
      cost_rate_in_cents: cost_rate_in_cents ?? null,
      default_role_id: default_role_id ?? role_id ?? null,
    },
    now,
  );
}

function normalised(resource: Resource | undefined, record: Received): Received {
  const result: Received = {};
  for (const [name, value] of Object.entries(record)) {
    const type = typeOf(resource, name);
    const stored = type ? coerce(type, value) : value;
    if (stored === NOT_VALID) throw new Error(`kantata: ${resource?.collection ?? 'row'}.${name} cannot be ${JSON.stringify(value)}`);
    result[name] = stored;
  }
  return result;
}

function typeOf(resource: Resource | undefined, name: string): AttributeType | undefined {
  if (name === 'subject_id') return 'integer';
  const declared = resource?.attributes[name]?.type;
  if (declared) return declared;
  if (/_ids$/.test(name)) return 'ids';
  return /_id$/.test(name) ? 'id' : undefined;
}

function instant(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const stored = coerce('datetime', value);
  if (stored === NOT_VALID) throw new Error(`kantata: ${JSON.stringify(value)} is no time`);
  return String(stored);
}
