import { contractIssues } from '../../../model/contract.ts';
import type { JsonObject } from '../../../model/json.ts';
import { referredId } from '../records/record-field.ts';
import type { ReferenceData } from '../records/reference-data.ts';
import type { NetSuiteApi } from '../wire.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { billedIn } from './billed-projects.ts';
import { invoiceOf } from './invoice-of.ts';
import { linesOfInvoices, settlementsOf } from './settlements.ts';

export interface InvoiceRead {
  /** internal id */
  id: string;
  /** in its canonical form; absent = it is not posted */
  invoice?: JsonObject;
}

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

/**
 * Invoices as they stand, by their internal ids. One that was deleted meanwhile is not there. An invoice and what settles it are read one after the other:
 * one that was paid in between does not agree with itself, and is read once more. What does not agree then is the contract check's to tell.
 */
export async function readInvoices(parts: Parts, ids: readonly string[], signal: AbortSignal): Promise<InvoiceRead[]> {
  const read = await readOnce(parts, ids, signal);
  const torn = read.flatMap(({ id, invoice }) => (invoice && contractIssues('invoice', invoice).length > 0 ? [id] : []));
  if (torn.length === 0) return read;
  const again = await readOnce(parts, torn, signal);
  return read.flatMap((one) => (torn.includes(one.id) ? again.filter(({ id }) => id === one.id) : one));
}

async function readOnce({ api, suiteQl, references }: Parts, ids: readonly string[], signal: AbortSignal): Promise<InvoiceRead[]> {
  const records = (await Promise.all(ids.map((id) => api.read('invoice', { id }, signal)))).filter((record) => record !== undefined);
  const [applied, lines] = await Promise.all([settlementsOf(suiteQl, ids, signal), linesOfInvoices(suiteQl, ids, signal)]);
  const billed = await billedIn(suiteQl, records, lines, references, signal);
  return Promise.all(
    records.map(async (record) => {
      const [id, currency, subsidiary] = [String(record['id']), referredId(record, 'currency'), referredId(record, 'subsidiary')];
      const invoice = invoiceOf(record, {
        currency: currency && (await references.currencyCode(currency)),
        legalEntity: subsidiary && (await references.subsidiaryById(subsidiary))?.code,
        lines: lines.get(id) ?? [],
        applied: applied.get(id) ?? [],
        billed: await billed(record),
      });
      return { id, ...(invoice ? { invoice } : {}) };
    }),
  );
}
