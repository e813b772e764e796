import { crmMark } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { AccountRef } from '../../../model/types.generated.ts';
import { nameOf } from './examine-customer.ts';
import { externalIdOf } from '../records/external-id.ts';

/** What a customer is found by and called. `entityId` must be unique among all entities, so it carries the legal entity. */
export function customerTexts(account: AccountRef, key: string) {
  return { externalId: externalIdOf(key), entityId: key, companyName: nameOf(account), accountNumber: account.code };
}

/**
 * `companyName` is the legal name by NetSuite's own field help.
 * https://system.netsuite.com/help/helpcenter/en_US/APIs/REST_API_Browser/record/v1/2024.1/index.html#tag-customer
 */
export function customerBody(
  account: AccountRef,
  key: string,
  found: { subsidiary: string; currencies: string[]; terms?: string },
): JsonObject {
  const [currency, ...further] = found.currencies;
  return {
    ...customerTexts(account, key),
    isPerson: false,
    subsidiary: { id: found.subsidiary },
    currency: { id: currency ?? null },
    ...(further.length > 0 ? { currencyList: { items: found.currencies.map((id) => ({ currency: { id } })) } } : {}),
    ...(found.terms ? { terms: { id: found.terms } } : {}),
    ...(account.taxId ? { vatRegNumber: account.taxId } : {}),
    ...(account.email ? { email: account.email } : {}),
    ...(account.phone ? { phone: account.phone } : {}),
    // so that another client whose account has the same code is told from this one
    ...(account.id ? { comments: crmMark(account.id) } : {}),
  };
}
