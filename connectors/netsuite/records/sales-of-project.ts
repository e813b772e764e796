import { phrase } from '../../../model/failure-words.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { column, literal, type SuiteQl, unexpectedAnswer } from '../wire/suiteql.ts';

/** What a client is billed by: on account, or paid at once. */
export const sales = ['CustInvc', 'CustCred', 'CashSale', 'CashRfnd'] as const;
type Sale = (typeof sales)[number];

/** One line of what a project was billed. */
export interface SaleLine {
  /** internal id of its document */
  document: string;
  type: string;
  /** internal id; absent = the account has one currency */
  currency?: string;
  /** it is in the books, and waits for no approval */
  posted: boolean;
  /** internal id of whom the line names: the project, or its client */
  entity?: string;
  /** net of tax; of a credit below zero */
  amount: string;
}

/**
 * Lines of what a project was billed, voided documents left out. A sale is made to the project itself, whatever its lines name, or to the client with the
 * project on its lines. Lines of a sale are negative in NetSuite's books; those that only say something have no amount.
 */
export async function salesOf(suiteQl: SuiteQl, job: string, types: readonly Sale[], signal: AbortSignal): Promise<SaleLine[]> {
  const of = literal(job);
  const query = [
    'SELECT tl.uniquekey AS id, tl.foreignamount AS amount, tl.transaction AS document, tl.entity AS entity, t.type AS type, t.currency AS currency, t.posting AS posting',
    'FROM transaction t INNER JOIN transactionline tl ON tl.transaction = t.id',
    `WHERE t.type IN (${types.map(literal).join(', ')}) AND t.voided = 'F' AND tl.mainline = 'F' AND tl.taxline = 'F' AND tl.foreignamount IS NOT NULL`,
    `AND (t.entity = ${of} OR tl.entity = ${of}) ORDER BY tl.uniquekey`,
  ].join(' ');
  const rows = await suiteQl.all(query, signal);
  return rows.map((row) => {
    const { currency, entity } = row;
    return {
      document: column(row, 'document'),
      type: column(row, 'type'),
      ...(currency === undefined ? {} : { currency }),
      posted: row['posting'] === 'T',
      ...(entity === undefined ? {} : { entity }),
      amount: turned(column(row, 'amount')),
    };
  });
}

function turned(amount: string): string {
  if (outsideNumber(amount, { least: -1e15, most: 1e15 }) === undefined) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.amount'));
  return amount.startsWith('-') ? amount.slice(1) : `-${amount.replace(/^\+/, '')}`;
}

/** Whether a line is of this project: one that names another, or the client alone, is not. */
export const ownLine = ({ entity }: SaleLine, job: string): boolean => entity === undefined || entity === job;
