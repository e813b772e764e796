import { datetime, integer, json, stamps, string } from '../attributes.ts';
import { badRequest } from '../errors.ts';
import { equals, oneOf } from '../filters.ts';
import { mayRead } from '../listing.ts';
import { registry } from '../registry.ts';
import type { Attribute, Call, Resource } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { retained } from '../subscribed-events.ts';

const payload: Attribute = { ...json, optional: true };
const OTHER_TYPES: Record<string, string[]> = { story: ['status_selected'] };

/** The pull feed: account administrators only, nine days, doubled and out of order at times. Kantata has no webhooks. */
export const subscribedEvents: Resource = {
  collection: 'subscribed_events',
  singular: 'subscribed_event',
  subjectType: 'SubscribedEvent',
  attributes: {
    event_type: string,
    account_id: integer,
    user_id: string,
    subject_id: integer,
    subject_type: string,
    subject_changed_at: datetime,
    ...stamps,
    previous_payload: payload,
    current_payload: payload,
    payload_changes: payload,
  },
  associations: {},
  listOnly: true,
  administratorsOnly: 'all',
  filters: {
    event_types: oneOf('event_type'),
    subject_type: equals('subject_type'),
    subject_id: (value, call) => {
      if (!call.query.get('subject_type')) throw badRequest('subject_type is required with subject_id');
      return oneOf('subject_id')(value, call);
    },
    user_ids: oneOf('user_id'),
    most_recent: mostRecent((row) => `${String(row['subject_type'])} ${String(row['subject_id'])}`),
    most_recent_by_event_type: mostRecent((row) => `${String(row['event_type'])} ${String(row['subject_id'])}`),
  },
  orders: { created_at: 'created_at' },
  defaultOrder: 'created_at:desc',
  visible: retained,
  actions: [
    {
      method: 'get',
      path: '/subscribed_events/event_types',
      run: (call) => {
        mayRead(call, subscribedEvents);
        return { body: catalogue() };
      },
    },
  ],
};

function mostRecent(group: (row: Row) => string) {
  return (value: string, call: Call): ((row: Row) => boolean) => {
    if (value !== 'true') return () => true;
    if (call.query.flag('most_recent') && call.query.flag('most_recent_by_event_type')) {
      throw badRequest('most_recent cannot be combined with most_recent_by_event_type');
    }
    const latest = new Map<string, Row>();
    for (const row of call.store.table('subscribed_events').all()) {
      const known = latest.get(group(row));
      if (!known || String(row['subject_changed_at']) >= String(known['subject_changed_at'])) latest.set(group(row), row);
    }
    return (row) => latest.get(group(row)) === row;
  };
}

/** `GET /subscribed_events/event_types`: the types that this sandbox can emit, with the fields of their payloads. */
function catalogue(): Json {
  const types: string[] = [];
  const schemas: Record<string, Json> = {};
  for (const resource of registry.all()) {
    if (!resource.event) continue;
    const verbs = ['created', ...(resource.update || resource.actions ? ['updated'] : []), ...(resource.destroy ? ['deleted'] : [])];
    for (const verb of [...verbs, ...(OTHER_TYPES[resource.event] ?? [])]) {
      const name = `${resource.event}:${verb}`;
      types.push(name);
      schemas[name] = { name, description: `${resource.subjectType} ${verb.replaceAll('_', ' ')}`, fields: fieldsOf(resource) };
    }
  }
  return { subscribed_event_types: types, subscribed_event_type_schemas: schemas };
}

function fieldsOf(resource: Resource): Json {
  const fields: Record<string, Json> = {};
  for (const [name, attribute] of Object.entries(resource.attributes)) {
    if (!attribute.compute) fields[name] = { name, type: attribute.type, description: name.replaceAll('_', ' ') };
  }
  return fields;
}
