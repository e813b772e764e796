import { phrase } from '../../../model/failure-words.ts';
import { anotherCrmId, Comparison, type Difference, type FoundIn, recordOfAnother, recordPutAside } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { AccountRef } from '../../../model/types.generated.ts';
import { withId } from '../../../model/record-names.ts';
import { fieldText, linesOf, referredId, referredName } from '../records/record-field.ts';

/** Whose a customer is to be. */
export interface ClientOfEntity {
  account: Pick<AccountRef, 'id' | 'code' | 'legalName'> & { name?: string };
  legalEntity: string;
  subsidiary: string;
}

/** What the deal needs of a customer that had been there before. */
export interface CustomerNeeded extends ClientOfEntity {
  account: AccountRef;
  terms?: string;
}

/** Refuses a customer that is another legal entity's, or bears another client's id in the CRM. */
export function mustBeClients(found: FoundIn, there: JsonObject, needed: ClientOfEntity): void {
  const { account } = needed;
  const subsidiary = referredId(there, 'subsidiary');
  if (subsidiary !== undefined && subsidiary !== needed.subsidiary) {
    throw recordOfAnother(found, {
      field: 'subsidiary',
      there: referredName(there, 'subsidiary'),
      wanted: needed.legalEntity,
      what: phrase('NETSUITE.of-legal-entity'),
    });
  }
  const crmId = account.id && anotherCrmId(fieldText(there, 'comments'), account.id);
  if (account.id && crmId) {
    throw recordOfAnother(found, {
      field: 'account.code',
      there: phrase('NETSUITE.with-crm-id', { name: calledThere(found, there), crmId }),
      wanted: phrase('NETSUITE.with-crm-id', { name: nameOf(account), crmId: account.id }),
      what: phrase('NETSUITE.of-client'),
    });
  }
}

const calledThere = ({ id }: FoundIn, there: JsonObject) => fieldText(there, 'companyName') ?? fieldText(there, 'entityId') ?? id;

/**
 * Refuses a customer that is another client's, another legal entity's, or inactive. Finance keeps names and terms in the ERP: what differs is said
 * and left as it is.
 */
export function examineCustomer(found: FoundIn, there: JsonObject, needed: CustomerNeeded): Difference[] {
  const { account } = needed;
  mustBeClients(found, there, needed);
  const name = calledThere(found, there);
  const taxId = fieldText(there, 'vatRegNumber');
  if (account.taxId && taxId && bare(account.taxId) !== bare(taxId)) {
    throw recordOfAnother(found, {
      field: 'account.taxId',
      there: phrase('NETSUITE.with-tax-id', { name, taxId }),
      wanted: phrase('NETSUITE.with-tax-id', { name: nameOf(account), taxId: account.taxId }),
      what: phrase('NETSUITE.of-client'),
    });
  }
  if (there['isInactive'] === true) throw recordPutAside(found, 'isInactive', phrase('NETSUITE.inactive'));
  const compared = new Comparison(found.record).text('companyName', fieldText(there, 'companyName'), nameOf(account));
  const terms = referredId(there, 'terms');
  if (needed.terms !== undefined) {
    compared.told('terms', terms === undefined ? undefined : referredName(there, 'terms'), withId(needed.terms), terms === needed.terms);
  }
  if (account.taxId && !taxId) compared.text('vatRegNumber', undefined, account.taxId);
  return compared.differences;
}

/** Internal ids of the currencies in which the customer can be billed, its main one first. */
export function currenciesOf(customer: JsonObject): string[] {
  const main = referredId(customer, 'currency');
  const further = linesOf(customer, 'currencyList').flatMap((line) => referredId(line, 'currency') ?? []);
  return [...new Set([...(main === undefined ? [] : [main]), ...further])];
}

export const nameOf = ({ legalName, name, code }: ClientOfEntity['account']): string => legalName ?? name ?? code;

/** Tax numbers are written with and without blanks and dots. */
const bare = (taxId: string) => taxId.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
