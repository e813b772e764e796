import type { Json } from '../../model/json.ts';
import type { CustomerPollOptions, PollPage, SourceEvent } from '../../model/operations.ts';
import { accountEvent } from './customer-poll/account-event.ts';
import { accountOf, type CustomerOfEntity } from './customer-poll/account-of.ts';
import { clientOfKey, customerKey } from './records/customer-lookup.ts';
import type { CustomerFields } from './records/customer-fields.ts';
import { readChanges } from './records/changed-rows.ts';
import { exactly, recordsByExternalId } from './records/record-lookup.ts';
import { referredId } from './records/record-field.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { NetSuiteApi } from './wire.ts';
import type { SuiteQl } from './wire/suiteql.ts';

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  customerFields: CustomerFields;
}

export const usualCustomerPage = 200;

const changedCustomers = { table: 'customer', columns: 't.externalid AS externalid', where: 't.externalid IS NOT NULL' };

/**
 * Clients whose customers changed, in order of change. A client has a customer in each legal entity that bills it: one that changes brings the client
 * with all of them. One without an external id of ours is nobody's that the CRM knows. What is deleted, or merged into another, has no stamp that moves.
 */
export async function pollCustomers(
  parts: Parts,
  stored: Json | undefined,
  { since, pageSize = usualCustomerPage }: CustomerPollOptions,
  signal: AbortSignal,
): Promise<PollPage> {
  const start = since === undefined ? {} : { since };
  const read = await readChanges(parts, changedCustomers, stored, { ...start, pageSize }, signal);
  const codes = new Set(read.changed.flatMap(({ row }) => clientOfKey(row['externalid'])?.code ?? []));
  return { events: await eventsOf(parts, [...codes], signal), cursor: read.cursor, more: read.more };
}

async function eventsOf(parts: Parts, codes: readonly string[], signal: AbortSignal): Promise<SourceEvent[]> {
  if (codes.length === 0) return [];
  const { suiteQl, references } = parts;
  const [entities, fields] = await Promise.all([references.knownEntities(), parts.customerFields.names()]);
  const keys = codes.map((code) => entities.map((entity) => customerKey(code, entity)));
  const found = await recordsByExternalId(suiteQl, 'customer', keys.flat(), signal);
  const events = codes.map(async (code, index) => {
    const known = keys[index]!.flatMap((key) => exactly(key, found.get(key)) ?? []);
    const customers = await Promise.all(known.map(({ id, externalId }) => customerOf(parts, id, externalId, signal)));
    const account = accountOf(
      code,
      customers.filter((one) => one !== undefined),
      fields,
    );
    return account && accountEvent(account);
  });
  return (await Promise.all(events)).filter((event) => event !== undefined);
}

/** Undefined: it was deleted meanwhile, or is that of another entity than its key says, which a person has to look at. */
async function customerOf({ api, references }: Parts, id: string, key: string, signal: AbortSignal): Promise<CustomerOfEntity | undefined> {
  const record = await api.ifThere('customer', { id }, signal);
  const [currency, subsidiary] = record ? [referredId(record, 'currency'), referredId(record, 'subsidiary')] : [];
  const legalEntity = subsidiary && (await references.subsidiaryById(subsidiary))?.code;
  if (!record || legalEntity === undefined || legalEntity !== clientOfKey(key)?.legalEntity) return undefined;
  const code = currency && (await references.currencyCode(currency));
  return { record, legalEntity, ...(code ? { currency: code } : {}) };
}
