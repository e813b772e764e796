import type { CustomerAsked, CustomerFound } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { mustBeClients } from './customer-ensure/examine-customer.ts';
import { aboutRecord } from './records/about-record.ts';
import { customerKey } from './records/customer-lookup.ts';
import { sameButForCase } from './records/id-taken.ts';
import { fieldText, referredId } from './records/record-field.ts';
import { exactly, recordsByExternalId } from './records/record-lookup.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { NetSuiteApi } from './wire.ts';
import type { SuiteQl } from './wire/suiteql.ts';

/** The customer that an account is for one legal entity. One whose key differs in case only, or that is kept elsewhere, is not taken for it. */
export async function findCustomer(
  { api, suiteQl, references }: { api: NetSuiteApi; suiteQl: SuiteQl; references: ReferenceData },
  { account, legalEntity }: CustomerAsked,
  signal: AbortSignal,
): Promise<CustomerFound> {
  const key = customerKey(account, legalEntity);
  const record = called.customer(key);
  const { id: subsidiary } = await unlessAborted(
    aboutRecord(record, () => references.subsidiary(legalEntity)),
    signal,
  );
  const found = (await recordsByExternalId(suiteQl, 'customer', [key], signal)).get(key);
  if (!found) return { key, found: false, legalEntity };
  if (!exactly(key, found)) throw sameButForCase(record, key, found);
  const there = await aboutRecord(record, () => api.details('customer', { id: found.id }, signal));
  mustBeClients({ system: 'netsuite', systemName: 'NetSuite', record, id: found.id }, there, {
    ...{ account: { code: account }, legalEntity, subsidiary },
  });
  const name = fieldText(there, 'companyName');
  const currencyId = referredId(there, 'currency');
  const currency = currencyId && (await unlessAborted(references.currencyCode(currencyId), signal));
  return {
    ...{ key, found: true, legalEntity, id: found.id },
    ...(name === undefined ? {} : { name }),
    ...(currency ? { currency } : {}),
    ...(typeof there['isInactive'] === 'boolean' ? { inactive: there['isInactive'] } : {}),
  };
}
