import { column, literal, type SuiteQl } from '../wire/suiteql.ts';

/** Numbers of the invoices of a project: its own, and those of which a line is its. Voided ones count: what they billed may be billed again by hand. */
export async function invoicesOf(suiteQl: SuiteQl, job: string, signal?: AbortSignal): Promise<string[]> {
  const rows = await suiteQl.all(
    `SELECT tl.uniquekey AS id, t.tranid AS number FROM transactionline tl INNER JOIN transaction t ON tl.transaction = t.id WHERE t.type = 'CustInvc' AND tl.entity = ${literal(job)} ORDER BY tl.uniquekey`,
    signal,
  );
  return [...new Set(rows.map((row) => row['number'] ?? column(row, 'id')))];
}
