import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { phrase } from '../../../model/failure-words.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { column, literal, type Row, type SuiteQl, unexpectedAnswer } from '../wire/suiteql.ts';

type Decimal = InstanceType<typeof ExactDecimal>;

/** What a project has earned and cost, in its own currency; `undefined` = a part of it is in another. */
export interface Ledger {
  revenue: Decimal | undefined;
  labour: Decimal | undefined;
  expenses: Decimal | undefined;
}

interface Asked {
  job: string;
  subsidiary: string;
  /** internal id of the project's currency; absent = that of the books */
  currency?: string;
  /** that of the books of its subsidiary */
  base: string;
  /** numbers of the accounts of labour */
  labourAccounts: readonly string[];
}

/** The primary accounting book: others show the same business by other rules. */
const primaryBook = 1;
/** Types of accounts as SuiteQL names them; income and expense of other kinds (interest, rates of exchange) are no project's. */
const [income, ...costs] = ['Income', 'COGS', 'Expense'] as const;

/**
 * What is posted to the project in the general ledger: of its own subsidiary, in the primary book, between no companies of the group. The ledger is in the
 * currency of the subsidiary; of a project that is kept in another, a line counts where its transaction is in that one, and nothing is converted here.
 */
export async function ledgerOf(suiteQl: SuiteQl, asked: Asked, signal: AbortSignal): Promise<Ledger> {
  const rows = await suiteQl.all(query(asked), signal);
  const lines = Map.groupBy(rows, (row) => column(row, 'id'));
  const sums: { [Name in keyof Ledger]: Decimal | undefined } = {
    revenue: new ExactDecimal(0),
    labour: new ExactDecimal(0),
    expenses: new ExactDecimal(0),
  };
  for (const row of rows) {
    const isIncome = column(row, 'accttype') === income;
    const isLabour = asked.labourAccounts.includes(row['acctnumber']?.trim() ?? '');
    const name = isIncome ? 'revenue' : isLabour ? 'labour' : 'expenses';
    const amount = amountOf(row, asked, lines.get(column(row, 'id'))!.length === 1);
    sums[name] = amount && (isIncome ? sums[name]?.minus(amount) : sums[name]?.plus(amount));
  }
  return sums;
}

function query({ job, subsidiary }: Asked): string {
  const of = literal(job);
  return [
    'SELECT tl.uniquekey AS id, a.accttype AS accttype, a.acctnumber AS acctnumber, tal.amount AS amount, tl.foreignamount AS foreignamount, t.currency AS currency',
    'FROM transactionline tl INNER JOIN transactionaccountingline tal ON tal.transaction = tl.transaction AND tal.transactionline = tl.id',
    'INNER JOIN transaction t ON t.id = tl.transaction INNER JOIN account a ON a.id = tal.account',
    `WHERE tal.posting = 'T' AND t.posting = 'T' AND tal.accountingbook = ${primaryBook} AND a.eliminate = 'F'`,
    `AND a.accttype IN (${[income, ...costs].map(literal).join(', ')}) AND tl.subsidiary = ${literal(subsidiary)}`,
    `AND (tl.entity = ${of} OR (tl.entity IS NULL AND t.entity = ${of})) ORDER BY tl.uniquekey, tal.account`,
  ].join(' ');
}

/** One line of a transaction may be posted to several accounts: how much of its own currency goes to each, nothing says. */
function amountOf(row: Row, { currency, base }: Asked, alone: boolean): Decimal | undefined {
  if (currency === undefined || currency === base) return decimal(column(row, 'amount'));
  const foreign = row['foreignamount'];
  return alone && foreign !== undefined && row['currency'] === currency ? decimal(foreign) : undefined;
}

function decimal(amount: string): Decimal {
  if (outsideNumber(amount, { least: -1e15, most: 1e15 }) === undefined) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.amount'));
  return new ExactDecimal(amount.trim());
}
