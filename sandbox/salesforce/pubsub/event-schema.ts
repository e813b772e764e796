import { createHash } from 'node:crypto';
import avro, { type Type } from 'avsc';
import { findObject } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';

/** The schema of one kind of event, and how events are written by it. */
export interface EventSchema {
  id: string;
  json: string;
  type: Type;
  /** by their places */
  fields: readonly string[];
}

/** Neither of these is in a change event. */
const leftOut = new Set(['Id', 'IsDeleted', 'SystemModstamp']);

const header = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: { type: 'array', items: 'string' } },
    {
      name: 'changeType',
      type: {
        type: 'enum',
        name: 'ChangeType',
        symbols: ['CREATE', 'UPDATE', 'DELETE', 'UNDELETE', 'GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE', 'GAP_OVERFLOW'],
      },
    },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: { type: 'array', items: 'string' } },
    { name: 'diffFields', type: { type: 'array', items: 'string' } },
    { name: 'changedFields', type: { type: 'array', items: 'string' } },
  ],
};

/** Change events of an object: a header, then each of its fields, null where it has not changed. `added`: fields that the org was given since. */
export function changeSchema(sobject: string, added: readonly string[] = []): EventSchema {
  const object = findObject(sobject);
  if (!object) throw new Error(`there is no ${sobject}`);
  const own = object.fields.filter(({ name }) => !leftOut.has(name));
  return schemaOf({
    type: 'record',
    name: `${sobject}ChangeEvent`,
    namespace: 'com.sforce.eventbus',
    fields: [
      { name: 'ChangeEventHeader', type: header },
      ...own.map((field) => ({ name: field.name, type: ['null', typeOf(field)], default: null })),
      ...added.map((name) => ({ name, type: ['null', 'string'], default: null })),
    ],
  });
}

/** A platform event that the org publishes when a deal is won. */
export function wonSchema(): EventSchema {
  return schemaOf({
    type: 'record',
    name: 'Opportunity_Won__e',
    namespace: 'com.sforce.eventbus',
    fields: [
      { name: 'CreatedDate', type: 'long', doc: 'CreatedDate:DateTime' },
      { name: 'CreatedById', type: 'string', doc: 'CreatedBy:EntityId' },
      { name: 'Opportunity_Id__c', type: ['null', 'string'], default: null },
    ],
  });
}

function typeOf({ type }: Field): string {
  if (type === 'boolean' || type === 'int') return type;
  if (type === 'double' || type === 'currency' || type === 'percent') return 'double';
  return type === 'date' || type === 'datetime' ? 'long' : 'string';
}

function schemaOf(
  schema: { name: string; fields: readonly { name: string; [more: string]: unknown }[] } & Record<string, unknown>,
): EventSchema {
  const json = JSON.stringify(schema);
  const id = createHash('md5').update(json).digest('base64url');
  return { id, json, type: avro.Type.forSchema(JSON.parse(json) as never), fields: schema.fields.map(({ name }) => name) };
}
