import { joinedKey } from '../../model/business-key.ts';
import type { AccountRef } from '../../model/types.generated.ts';
import { ExternalIdBook } from './external-id-book.ts';
import { exactly, type RecordFound, recordsByExternalId } from './record-lookup.ts';
import type { SuiteQl } from './suiteql.ts';

/** Key of the customer that an account is for one legal entity: `ACC-0001@DE01`. */
export function customerKey(accountCode: string, legalEntity: string): string {
  return joinedKey('@', [accountCode, legalEntity]);
}

export interface CustomerWanted {
  account: AccountRef;
  legalEntity: string;
}

/**
 * Customers by `customerKey` of the account's code. A client whose code was filled in later had its id for one: its customer is found under that
 * too, so that it does not become a second one.
 */
export function customerBook(suiteQl: SuiteQl, customers: readonly CustomerWanted[], signal?: AbortSignal): ExternalIdBook<RecordFound> {
  const before = new Map(
    customers.flatMap(({ account, legalEntity }): [string, string][] =>
      account.id && account.id !== account.code ? [[customerKey(account.code, legalEntity), customerKey(account.id, legalEntity)]] : [],
    ),
  );
  return new ExternalIdBook([...new Set(customers.map(keyOf))], async (keys) => {
    const earlier = keys.flatMap((key) => before.get(key) ?? []);
    const found = await recordsByExternalId(suiteQl, 'customer', [...keys, ...earlier], signal);
    return new Map(
      keys.flatMap((key): [string, RecordFound][] => {
        const own = found.get(key);
        const other = before.get(key);
        const customer = exactly(key, own) ?? (other === undefined ? undefined : exactly(other, found.get(other))) ?? own;
        return customer ? [[key, customer]] : [];
      }),
    );
  });
}

/** May the record be used as this customer? One whose id differs in case only may not. */
export function isCustomer(found: RecordFound, { account, legalEntity }: CustomerWanted): boolean {
  const keys = [account.code, ...(account.id ? [account.id] : [])].map((code) => customerKey(code, legalEntity));
  return keys.includes(found.externalId);
}

const keyOf = ({ account, legalEntity }: CustomerWanted) => customerKey(account.code, legalEntity);
