import { outsideNumber } from '../../../model/outside-number.ts';
import { column, type Row, type SuiteQl } from '../wire/suiteql.ts';

/** A payment or a credit memo, as far as it is applied to one invoice. */
export interface AppliedRow {
  kind: 'payment' | 'credit';
  id: string;
  number?: string;
  day?: string;
  /** in the currency of the invoice; absent = NetSuite does not show it */
  amount?: string;
}

const applied = (condition: string) =>
  [
    "SELECT l.previousdoc AS invoice, l.nextdoc AS document, l.foreignamount AS amount, t.type AS type, t.tranid AS tranid, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day",
    'FROM nexttransactionlinelink l JOIN transaction t ON t.id = l.nextdoc',
    `WHERE l.linktype = 'Payment' AND ${condition} ORDER BY l.previousdoc, l.nextdoc, l.foreignamount`,
  ].join(' ');

/**
 * What is applied to each of these invoices, without its sign: no document says whether a credit is shown below zero, and what is open proves the sum.
 * A credit memo settles like a payment, and is none; what else settles (a deposit, a journal) is paid.
 */
export async function settlementsOf(
  suiteQl: SuiteQl,
  invoices: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, AppliedRow[]>> {
  return grouped(await suiteQl.whereIn('l.previousdoc', invoices, applied, signal), 'invoice', (row) => {
    const { tranid, day, amount } = row;
    return {
      kind: row['type'] === 'CustCred' ? 'credit' : 'payment',
      id: column(row, 'document'),
      ...(tranid === undefined ? {} : { number: tranid }),
      ...(day === undefined ? {} : { day }),
      ...(amount === undefined ? {} : { amount: amount.replace(/^-/, '') }),
    };
  });
}

export interface LineOfInvoice {
  id: string;
  /** net */
  amount: string;
  /** whom it bills: a client, or a project */
  entity?: string;
}

/** Net amounts of the lines of each invoice. Lines of a sale are credits, below zero in the table; those that only say something have no amount. */
export async function linesOfInvoices(
  suiteQl: SuiteQl,
  invoices: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, LineOfInvoice[]>> {
  const query = (condition: string) =>
    [
      'SELECT tl.uniquekey AS id, tl.transaction AS invoice, tl.linesequencenumber AS line, tl.foreignamount AS amount, tl.entity AS entity FROM transactionline tl',
      `WHERE tl.mainline = 'F' AND tl.taxline = 'F' AND tl.foreignamount IS NOT NULL AND ${condition} ORDER BY tl.uniquekey`,
    ].join(' ');
  const rows = await suiteQl.whereIn('tl.transaction', invoices, query, signal);
  return grouped(rows, 'invoice', (row) => {
    const { entity } = row;
    return { id: column(row, 'line'), amount: negated(column(row, 'amount')), ...(entity === undefined ? {} : { entity }) };
  });
}

function grouped<One>(rows: readonly Row[], by: string, make: (row: Row) => One): Map<string, One[]> {
  const groups = Map.groupBy(rows, (row) => column(row, by));
  return new Map([...groups].map(([key, same]) => [key, same.map(make)]));
}

/** What is no number stays as it is, for the contract to name. */
function negated(amount: string): string {
  if (outsideNumber(amount, { least: -1e15, most: 1e15 }) === undefined) return amount;
  return amount.startsWith('-') ? amount.slice(1) : /^[+0.]*$/.test(amount) ? amount : `-${amount.replace('+', '')}`;
}
