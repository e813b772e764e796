import type { JsonObject } from '../../model/json.ts';
import type { LeftOut } from '../../model/left-out.ts';
import type { CustomerRequest, CustomerResult, OperationContext } from '../../model/operations.ts';
import type { AccountRef } from '../../model/types.generated.ts';
import { aboutRecord } from './about-record.ts';
import { ensureRecord } from './ensure-record.ts';
import type { NetSuiteApi } from './netsuite-api.ts';
import { idBook } from './record-lookup.ts';
import type { ReferenceData } from './reference-data.ts';
import { duplicateName } from './refusal-cause.ts';
import type { SuiteQl } from './suiteql.ts';

export interface CustomerParts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

/** External id of the customer that an account is for one legal entity: `ACC-0001@DE01`. */
export function customerKey(accountCode: string, legalEntity: string): string {
  return `${accountCode}@${legalEntity}`;
}

/** One customer for each billing entity; one that exists is left as it is. */
export async function ensureCustomers(parts: CustomerParts, request: CustomerRequest, context: OperationContext): Promise<CustomerResult> {
  const { references, suiteQl, api } = parts;
  const entities = [...Map.groupBy(request.entities, (entity) => entity.legalEntity)];
  const terms = request.paymentTerms ? await references.paymentTerms(request.paymentTerms) : undefined;
  // every reference is found before the first write, so that a missing one leaves nothing half made
  const planned = await Promise.all(
    entities.map(async ([legalEntity, lines]) => {
      const key = customerKey(request.account.code, legalEntity);
      return aboutRecord(`customer ${key}`, async () => {
        const subsidiary = await references.subsidiary(legalEntity);
        const currencies = await Promise.all([...new Set(lines.map((line) => line.currency))].map((code) => references.currency(code)));
        return { legalEntity, key, body: customerBody(request.account, key, { subsidiary: subsidiary.id, currencies, terms }) };
      });
    }),
  );
  const book = idBook(
    suiteQl,
    'customer',
    planned.map(({ key }) => key),
    context.signal,
  );
  const customers: CustomerResult['customers'] = [];
  for (const { legalEntity, key, body } of planned) {
    const leftOut: LeftOut[] = [];
    const id = await ensureRecord(
      api,
      context.effects,
      {
        type: 'customer',
        externalId: key,
        name: `customer ${key}`,
        body,
        find: (externalId) => book.find(externalId),
        // tax numbers live elsewhere in accounts with SuiteTax: a field that is not there must not stop the customer
        unknownFields: 'Warning',
        optional: optionalFields,
        leftOut: (fields) => leftOut.push(...fields),
        explain: (failure) => duplicateName(suiteQl, { table: 'customer', name: key, externalId: key }, failure),
      },
      context.signal,
    );
    customers.push({ legalEntity, key, id, ...(leftOut.length > 0 ? { leftOut } : {}) });
  }
  return { customers };
}

/** NetSuite is stricter with these by its API than in its forms; none of them may stop a deal. */
const optionalFields = { vatRegNumber: 'account.taxId', email: 'account.email', phone: 'account.phone', terms: 'billing.paymentTerms' };

/**
 * `companyName` is the legal name by NetSuite's own field help; `entityId` must be unique among all entities, so it carries the legal entity.
 * https://system.netsuite.com/help/helpcenter/en_US/APIs/REST_API_Browser/record/v1/2024.1/index.html#tag-customer
 */
function customerBody(account: AccountRef, key: string, found: { subsidiary: string; currencies: string[]; terms?: string }): JsonObject {
  const [currency, ...further] = found.currencies;
  return {
    externalId: key,
    entityId: key,
    isPerson: false,
    companyName: account.legalName ?? account.name,
    accountNumber: account.code,
    subsidiary: { id: found.subsidiary },
    currency: { id: currency ?? null },
    ...(further.length > 0 ? { currencyList: { items: found.currencies.map((id) => ({ currency: { id } })) } } : {}),
    ...(found.terms ? { terms: { id: found.terms } } : {}),
    ...(account.taxId ? { vatRegNumber: account.taxId } : {}),
    ...(account.email ? { email: account.email } : {}),
    ...(account.phone ? { phone: account.phone } : {}),
  };
}
