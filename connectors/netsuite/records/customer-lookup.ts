import { codeOfPart, joinedKey } from '../../../model/business-key.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { AccountRef } from '../../../model/types.generated.ts';
import { customersByCrmId, theClients } from './customer-by-crm-id.ts';
import { ExternalIdBook } from './external-id-book.ts';
import { keyOfExternalId } from './external-id.ts';
import type { NetSuiteApi } from '../wire.ts';
import { fieldText, referredId } from './record-field.ts';
import { exactly, type RecordFound, recordsByExternalId } from './record-lookup.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

/** Key of the customer that an account is for one legal entity: `ACC-0001@DE01`. */
export function customerKey(accountCode: string, legalEntity: string): string {
  return joinedKey('@', [accountCode, legalEntity]);
}

/** Whose customer an external id is; undefined: it has another form, and is somebody else's. */
export function clientOfKey(externalId: string | undefined): { code: string; legalEntity: string } | undefined {
  const [client, entity, ...more] = externalId === undefined ? [] : keyOfExternalId(externalId).split('@');
  if (!client || !entity || more.length > 0) return undefined;
  return { code: codeOfPart(client, ['@']), legalEntity: codeOfPart(entity, ['@']) };
}

export interface CustomerWanted {
  account: AccountRef;
  legalEntity: string;
  /** internal id */
  subsidiary: string;
}

export interface CustomerFound extends RecordFound {
  /** known by the client's id in the CRM alone: its key is that of an earlier code */
  byCrmId?: true;
}

export type CustomerBook = ExternalIdBook<CustomerFound>;

/**
 * Customers by `customerKey` of the account's code. A client whose code was filled in later had its id for one, and one whose code was changed the
 * code of before: so that it does not become a second customer, it is found by the id, and by the mark in the comments. The mark is asked for only
 * where no key is known, just before a customer would be made.
 */
export function customerBook(
  parts: { api: NetSuiteApi; suiteQl: SuiteQl },
  customers: readonly CustomerWanted[],
  signal?: AbortSignal,
): CustomerBook {
  const wanted = new Map(customers.map((customer) => [keyOf(customer), customer]));
  return new ExternalIdBook([...wanted.keys()], async (keys) => {
    const found = await recordsByExternalId(
      parts.suiteQl,
      'customer',
      [...new Set(keys.flatMap((key) => keysOf(wanted.get(key)!)))],
      signal,
    );
    const marked = new Map<string, Promise<JsonObject[]>>();
    const byMark = (crmId: string) => {
      const asked = marked.get(crmId) ?? customersByCrmId(parts, crmId, signal);
      marked.set(crmId, asked);
      return asked;
    };
    const all = await Promise.all(
      keys.map(async (key): Promise<[string, CustomerFound][]> => {
        const customer = wanted.get(key)!;
        const known = keysOf(customer).flatMap((one) => exactly(one, found.get(one)) ?? [])[0];
        const record = known ?? (await byCrmId(customer, byMark)) ?? found.get(key);
        return record ? [[key, record]] : [];
      }),
    );
    return new Map(all.flat());
  });
}

async function byCrmId(customer: CustomerWanted, byMark: (crmId: string) => Promise<JsonObject[]>): Promise<CustomerFound | undefined> {
  const { account, subsidiary } = customer;
  if (!account.id) return undefined;
  const key = keyOf(customer);
  const record = theClients(await byMark(account.id), { key, crmId: account.id, subsidiary });
  const id = record && referredId(record, 'id');
  if (record === undefined || id === undefined) return undefined;
  return { id, externalId: fieldText(record, 'externalId') ?? fieldText(record, 'entityId') ?? key, byCrmId: true };
}

/** May the record be used as this customer? One whose id differs in case only may not, unless it bears the client's id in the CRM. */
export function isCustomer(found: CustomerFound, customer: CustomerWanted): boolean {
  return found.byCrmId === true || keysOf(customer).includes(found.externalId);
}

/** The key by the account's code, then the one by its id. */
const keysOf = ({ account, legalEntity }: CustomerWanted) =>
  [...new Set([account.code, ...(account.id ? [account.id] : [])])].map((code) => customerKey(code, legalEntity));

const keyOf = ({ account, legalEntity }: CustomerWanted) => customerKey(account.code, legalEntity);
