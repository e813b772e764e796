import { inWords } from '../../../model/failure-words.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { column, type Row, type SuiteQl } from '../wire/suiteql.ts';
import { externalIdOf, externalIdsOf, keyOfExternalId } from './external-id.ts';
import { missing, type ReferenceData } from './reference-data.ts';

/** A project, with what tells whether anything can be booked on it. */
export interface JobFacts {
  id: string;
  code: string;
  subsidiaryId?: string;
  /** ISO 4217 code */
  currency?: string;
  inactive: boolean;
  /** project status 1 is NetSuite's own "Closed" */
  closed: boolean;
  takesTime: boolean;
  takesExpenses: boolean;
}

/** Projects by code, one query for many. */
export async function readJobs(
  codes: readonly string[],
  { suiteQl, references, signal }: { suiteQl: SuiteQl; references: ReferenceData; signal: AbortSignal },
): Promise<Map<string, JobFacts>> {
  const rows = await suiteQl.whereIn(
    'externalid',
    codes.flatMap(externalIdsOf),
    (condition) =>
      `SELECT id, externalid, subsidiary, currency, isinactive, entitystatus, allowtime, allowexpenses FROM job WHERE ${condition} ORDER BY id`,
    signal,
  );
  const facts = await unlessAborted(Promise.all(rows.map((row) => jobFacts(row, references))), signal);
  return new Map(facts.map((job) => [job.code, job]));
}

/** The project of this code among those that were read. */
export function jobOf({ code, id }: { id: string; code?: string }, jobs: ReadonlyMap<string, JobFacts>): JobFacts {
  const job = code ? jobs.get(code) : undefined;
  if (job) return job;
  throw missing(
    'project.code',
    code ?? id,
    code ? inWords('PROJECT_UNKNOWN.netsuite', { externalId: externalIdOf(code) }) : inWords('PROJECT_UNKNOWN.no-code', { id }),
  );
}

async function jobFacts(row: Row, references: ReferenceData): Promise<JobFacts> {
  // a project without a currency of its own is kept in that of its subsidiary
  const currencyId = row['currency'] ?? (row['subsidiary'] ? (await references.subsidiaryById(row['subsidiary']))?.currencyId : undefined);
  const currency = currencyId ? await references.currencyCode(currencyId) : undefined;
  return {
    id: column(row, 'id'),
    code: keyOfExternalId(column(row, 'externalid')),
    ...(row['subsidiary'] ? { subsidiaryId: row['subsidiary'] } : {}),
    ...(currency ? { currency } : {}),
    inactive: row['isinactive'] === 'T',
    closed: row['entitystatus'] === '1',
    takesTime: row['allowtime'] !== 'F',
    takesExpenses: row['allowexpenses'] !== 'F',
  };
}
