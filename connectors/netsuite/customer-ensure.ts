import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { Comparison, type Difference } from '../../model/found-record.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LeftOut } from '../../model/left-out.ts';
import type { CustomerRequest, CustomerResult, OperationContext } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import type { Told } from '../../model/failure-sentence.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { aboutRecord } from './records/about-record.ts';
import { customerBody } from './customer-ensure/customer-body.ts';
import { type CustomerBook, customerBook, customerKey, type CustomerWanted, isCustomer } from './records/customer-lookup.ts';
import { ensureRecord } from './records/ensure-record.ts';
import { currenciesOf, examineCustomer } from './customer-ensure/examine-customer.ts';
import { externalIdOf } from './records/external-id.ts';
import { mustFit } from './unfit/field-limits.ts';
import { sameButForCase } from './records/id-taken.ts';
import type { NetSuiteApi } from './wire.ts';
import { fieldText } from './records/record-field.ts';
import type { ReferenceData } from './records/reference-data.ts';
import { duplicateName } from './errors/refusal-cause.ts';
import type { SuiteQl } from './wire/suiteql.ts';
import { textsOfCustomers } from './unfit/written-texts.ts';

export interface CustomerParts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

interface Planned extends CustomerWanted {
  key: string;
  /** internal ids, the main one first */
  currencies: string[];
  body: JsonObject;
}

/** One customer for each billing entity; one that exists is left as it is, but for a currency that the deal needs. */
export async function ensureCustomers(parts: CustomerParts, request: CustomerRequest, context: OperationContext): Promise<CustomerResult> {
  const { references, suiteQl, api } = parts;
  const { account } = request;
  mustFit(textsOfCustomers(account, request.entities));
  const entities = [...Map.groupBy(request.entities, (entity) => entity.legalEntity)];
  const { paymentTerms } = request;
  const named = paymentTerms ? await unlessAborted(references.paymentTerms(paymentTerms), context.signal) : undefined;
  const terms = named === 'unseen' ? undefined : named;
  const lacking = paymentTerms && named === undefined ? [termsUnknown(paymentTerms)] : [];
  // every reference is found before the first write, so that a missing one leaves nothing half made
  const planned: Planned[] = await unlessAborted(
    Promise.all(
      entities.map(async ([legalEntity, lines]) => {
        const key = customerKey(account.code, legalEntity);
        return aboutRecord(called.customer(key), async () => {
          const subsidiary = await references.subsidiary(legalEntity);
          const currencies = await Promise.all([...new Set(lines.map((line) => line.currency))].map((code) => references.currency(code)));
          const body = customerBody(account, key, { subsidiary: subsidiary.id, currencies, terms });
          return { account, legalEntity, key, subsidiary: subsidiary.id, currencies, body };
        });
      }),
    ),
    context.signal,
  );
  const book = customerBook(parts, planned, context.signal);
  const known = await Promise.all(planned.map((wanted) => examined(parts, wanted, terms, book, context.signal)));
  const customers: CustomerResult['customers'] = [];
  for (const [index, wanted] of planned.entries()) {
    const { legalEntity, key, body } = wanted;
    const found = known[index];
    const leftOut: LeftOut[] = found ? [] : [...lacking];
    const id = await ensureRecord(
      api,
      context.effects,
      {
        type: 'customer',
        externalId: key,
        name: called.customer(key),
        body,
        madeFor: { field: 'subsidiary', id: wanted.subsidiary },
        find: async (externalId) => {
          const record = await book.find(externalId);
          return record && isCustomer(record, wanted) ? record.id : undefined;
        },
        // tax numbers live elsewhere in accounts with SuiteTax: a field that is not there must not stop the customer
        unknownFields: 'Warning',
        optional: optionalFields,
        leftOut: (fields) => leftOut.push(...fields),
        explain: (failure) => duplicateName(suiteQl, { table: 'customer', name: key, externalId: key }, failure),
      },
      context.signal,
    );
    for (const currency of found?.further ?? []) await addCurrency(parts, { key, id, currency }, context);
    customers.push({
      legalEntity,
      key: found?.externalId ?? key,
      id,
      ...(found && found.differences.length > 0 ? { differences: found.differences } : {}),
      ...(leftOut.length > 0 ? { leftOut } : {}),
    });
  }
  return { customers };
}

/** The customer is made without: it has the terms that NetSuite gives by itself, and whoever set up the deal hears of it. */
function termsUnknown(name: string): LeftOut {
  return { field: 'billing.paymentTerms', value: name, ...inWords('TERMS_UNKNOWN') };
}

interface Known {
  externalId: string;
  differences: Difference[];
  /** currencies that the deal needs and that are not the customer's main one */
  further: string[];
}

/** Looks at a customer that is there already; nothing is written before all of them have been looked at. */
async function examined(
  { api }: CustomerParts,
  wanted: Planned,
  terms: string | undefined,
  book: CustomerBook,
  signal: AbortSignal,
): Promise<Known | undefined> {
  const record = await book.before(wanted.key);
  if (!record) return undefined;
  const name = called.customer(wanted.key);
  if (!isCustomer(record, wanted)) throw sameButForCase(name, wanted.key, record);
  const there = await aboutRecord(name, () => api.details('customer', { id: record.id }, signal));
  const found = { system: 'netsuite', systemName: 'NetSuite', record: name, id: record.id };
  const differences = [
    // a person brings key and number up to date, or leaves them: both name the same client
    ...(record.byCrmId ? keyThatDiffers(found.record, there, wanted) : []),
    ...examineCustomer(found, there, { ...wanted, ...(terms ? { terms } : {}) }),
  ];
  const [main] = currenciesOf(there);
  return { externalId: record.externalId, differences, further: wanted.currencies.filter((currency) => currency !== main) };
}

function keyThatDiffers(record: Told, there: JsonObject, { key, account }: Planned): Difference[] {
  const carried = fieldText(there, 'externalId');
  return new Comparison(record)
    .text('externalId', carried && externalIdOf(carried), externalIdOf(key))
    .text('accountNumber', fieldText(there, 'accountNumber'), account.code).differences;
}

/**
 * A customer can be billed in the currencies on its record only. Read back, since an account without several currencies for a customer skips the
 * list. https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/bridgehead_N1398658.html
 */
async function addCurrency(
  { api, references }: CustomerParts,
  { key, id, currency }: { key: string; id: string; currency: string },
  { effects, signal }: OperationContext,
): Promise<void> {
  const code = (await references.currencyCode(currency)) ?? currency;
  const has = async () => currenciesOf(await api.details('customer', { id }, signal)).includes(currency);
  const body = { currencyList: { items: [{ currency: { id: currency } }] } };
  await effects.write<{ id: string }>({
    key: `customer ${key} currency ${code}`,
    title: phrase('WRITE.netsuite-currency', { currency: code, key }),
    request: body,
    undo: null, // a further currency bills nothing by itself, and others may use it meanwhile
    settle: 'probe',
    lookFirst: true,
    probe: async () => ((await has()) ? { id } : undefined),
    send: async () => {
      await aboutRecord(called.customer(key), () => api.change('customer', { id }, body, signal));
      if (await has()) return { id };
      throw new Failure({
        class: 'business.rejected',
        ...inWords('CURRENCY_NOT_TAKEN', { currency: code, customer: key }),
        system: 'netsuite',
        record: called.customer(key),
        field: 'currency',
        value: code,
        outcome: 'not-made',
      });
    },
  });
}

/** NetSuite is stricter with these by its API than in its forms; none of them may stop a deal. */
const optionalFields = {
  vatRegNumber: 'account.taxId',
  email: 'account.email',
  phone: 'account.phone',
  terms: 'billing.paymentTerms',
  comments: 'comments',
};
