import type { JsonObject } from '../../../model/json.ts';
import { clientOfKey } from '../records/customer-lookup.ts';
import { keyOfExternalId } from '../records/external-id.ts';
import { referredId } from '../records/record-field.ts';
import type { ReferenceData } from '../records/reference-data.ts';
import type { LineOfInvoice } from './settlements.ts';
import { column, type Row, type SuiteQl } from '../wire/suiteql.ts';

/** Whom an invoice bills, and for which project, in the firm's codes. */
export interface Billed {
  customer: { id: string; code?: string; legalEntity?: string };
  project?: { id: string; code?: string; legalEntity?: string; currency?: string };
}

/**
 * Reads the projects and customers of some invoices, and answers how to find those of one. An invoice bills a customer, with a project beside it, in its
 * place, or on each of its lines.
 */
export async function billedIn(
  suiteQl: SuiteQl,
  records: readonly JsonObject[],
  lines: ReadonlyMap<string, readonly LineOfInvoice[]>,
  references: ReferenceData,
  signal: AbortSignal,
): Promise<(record: JsonObject) => Promise<Billed>> {
  const linesOf = (record: JsonObject) => lines.get(String(record['id'])) ?? [];
  const entities = records.flatMap((record) => [
    ...[referredId(record, 'job') ?? [], referredId(record, 'entity') ?? []].flat(),
    ...linesOf(record).flatMap(({ entity }) => entity ?? []),
  ]);
  const jobs = byId(
    await suiteQl.whereIn(
      'id',
      entities,
      (condition) => `SELECT id, externalid, currency, subsidiary, customer FROM job WHERE ${condition} ORDER BY id`,
      signal,
    ),
  );
  const clients = [...entities, ...[...jobs.values()].flatMap((job) => job['customer'] ?? [])].filter((id) => !jobs.has(id));
  const customers = byId(
    await suiteQl.whereIn('id', clients, (condition) => `SELECT id, externalid FROM customer WHERE ${condition} ORDER BY id`, signal),
  );
  return async (record) => {
    const entity = referredId(record, 'entity') ?? '';
    const job = jobs.get(referredId(record, 'job') ?? entity) ?? jobs.get(onlyEntity(linesOf(record)) ?? '');
    const customerId = jobs.has(entity) ? (jobs.get(entity)?.['customer'] ?? entity) : entity;
    return {
      customer: { id: customerId, ...clientOfKey(customers.get(customerId)?.['externalid']) },
      ...(job ? { project: await projectOf(job, references) } : {}),
    };
  };
}

/** Lines of several projects, or some without one, are of no project as a whole. */
function onlyEntity(lines: readonly LineOfInvoice[]): string | undefined {
  const [one, ...more] = new Set(lines.map(({ entity }) => entity));
  return more.length === 0 ? one : undefined;
}

async function projectOf(job: Row, references: ReferenceData): Promise<Billed['project']> {
  const { externalid, currency, subsidiary } = job;
  const code = currency && (await references.currencyCode(currency));
  const entity = subsidiary && (await references.subsidiaryById(subsidiary))?.code;
  return {
    id: column(job, 'id'),
    ...(externalid ? { code: keyOfExternalId(externalid) } : {}),
    ...(entity ? { legalEntity: entity } : {}),
    ...(code ? { currency: code } : {}),
  };
}

const byId = (rows: readonly Row[]) => new Map(rows.map((row) => [column(row, 'id'), row]));
