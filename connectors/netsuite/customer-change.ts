import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { Words } from '../../model/failure-sentence.ts';
import type { CustomerChange, CustomerChangeResult, OperationContext } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import { changeRecord, type ChangedFields } from '../kit/change-record.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { changedFields, companyNameOf } from './customer-change/changed-fields.ts';
import type { CustomerParts } from './customer-ensure.ts';
import { mustBeClients } from './customer-ensure/examine-customer.ts';
import { aboutRecord } from './records/about-record.ts';
import { customerBook, customerKey, isCustomer } from './records/customer-lookup.ts';
import { externalIdOf } from './records/external-id.ts';
import { holdsValue } from './records/field-values.ts';
import { sameButForCase } from './records/id-taken.ts';
import { missing } from './records/reference-data.ts';
import { recordAccess } from './records/record-access.ts';
import type { NetSuiteUndo } from './undo.ts';
import { mustFit } from './unfit/field-limits.ts';

interface Planned {
  legalEntity: string;
  key: string;
  id: string;
  record: Words;
  fields: ChangedFields;
}

/**
 * Writes what is said of a client to its customer of each legal entity that is named. All of them are found and looked at before the first write; one
 * that is not there, or another client's, stops the change. What is written follows from what is said, so that a run that is delivered again comes to the
 * same writes.
 */
export async function changeCustomers(
  parts: CustomerParts,
  change: CustomerChange,
  context: OperationContext,
): Promise<CustomerChangeResult> {
  const { effects, signal } = context;
  const planned = await unlessAborted(plannedOf(parts, change, signal), signal);
  const customers: CustomerChangeResult['customers'] = [];
  for (const { legalEntity, key, id, record, fields } of planned) {
    if (Object.keys(fields).length > 0) {
      const access = recordAccess(parts.api, record, { type: 'customer', id }, signal);
      const undo: NetSuiteUndo = { type: 'customer', externalId: key, id, former: fields };
      const title = phrase('WRITE.changed', { record, systemName: 'NetSuite' });
      await changeRecord(effects, access, { key: `change customer ${key}`, title, fields, undo });
      await mustHold(parts, { key, id, record, fields }, signal);
    }
    customers.push({ legalEntity, key, id });
  }
  return { customers };
}

async function plannedOf(
  parts: CustomerParts,
  { account, fields, legalEntities }: CustomerChange,
  signal: AbortSignal,
): Promise<Planned[]> {
  const { references, api } = parts;
  const entities = [...new Set(legalEntities)];
  const companyName = companyNameOf(fields);
  const texts: Record<string, string> = companyName === undefined ? {} : { companyName };
  mustFit(entities.map((entity) => ({ type: 'customer' as const, record: called.customer(customerKey(account.code, entity)), texts })));
  const terms = fields.paymentTerms ? await termsCalled(parts, fields.paymentTerms) : undefined;
  const client = { ...account, name: companyName ?? account.code };
  const wanted = await Promise.all(
    entities.map(async (legalEntity) => ({ account: client, legalEntity, subsidiary: (await references.subsidiary(legalEntity)).id })),
  );
  const book = customerBook(parts, wanted, signal);
  return Promise.all(
    wanted.map(async (one) => {
      const { legalEntity } = one;
      const key = customerKey(account.code, legalEntity);
      const record = called.customer(key);
      const found = await book.before(key);
      if (!found) {
        const [customer, externalId] = [key, externalIdOf(key)];
        throw missing('account.code', account.code, inWords('CUSTOMER_UNKNOWN.to-change', { customer, externalId }), { record });
      }
      if (!isCustomer(found, one)) throw sameButForCase(record, key, found);
      const there = await aboutRecord(record, () => api.details('customer', { id: found.id }, signal));
      mustBeClients({ system: 'netsuite', systemName: 'NetSuite', record, id: found.id }, there, one);
      return { legalEntity, key: found.externalId, id: found.id, record, fields: changedFields(there, fields, terms) };
    }),
  );
}

async function termsCalled({ references }: CustomerParts, name: string): Promise<string> {
  const found = await references.paymentTerms(name);
  if (found !== undefined && found !== 'unseen') return found;
  throw missing('account.paymentTerms', name, inWords('CUSTOMER_TERMS_UNKNOWN', { name }));
}

/** NetSuite skips a field that the account does not have; a replay with other values finds the write of before. Nothing is said to be changed that is not there. */
async function mustHold({ api }: CustomerParts, { id, record, fields }: Omit<Planned, 'legalEntity'>, signal: AbortSignal): Promise<void> {
  const there = await aboutRecord(record, () => api.details('customer', { id }, signal));
  const field = Object.keys(fields).find((name) => !holdsValue(there, name, fields[name]!.set));
  if (field === undefined) return;
  throw new Failure({
    class: 'business.rejected',
    ...inWords('CUSTOMER_NOT_CHANGED', { customer: record, field }),
    system: 'netsuite',
    record,
    field,
    outcome: 'not-made',
  });
}
