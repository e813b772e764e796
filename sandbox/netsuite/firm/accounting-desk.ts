import type { AccountingDesk } from '../../firm/desks.ts';
import type { NetSuiteDesk } from './netsuite-desk.ts';

/** What accounting does in NetSuite. */
export class NetSuiteAccountingDesk implements AccountingDesk {
  private readonly netsuite: NetSuiteDesk;

  constructor(netsuite: NetSuiteDesk) {
    this.netsuite = netsuite;
  }

  async removeExpense(note: string): Promise<boolean> {
    const rows = await this.netsuite.query(
      `SELECT DISTINCT t.id FROM transaction t JOIN transactionline tl ON tl.transaction = t.id WHERE t.type = 'ExpRept' AND tl.memo = '${note.replaceAll("'", "''")}'`,
    );
    for (const { id = '' } of rows) await this.netsuite.remove('expenseReport', id);
    return rows.length > 0;
  }
}
