import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { money, type Money } from '../../../model/money.ts';
import { called } from '../../../model/record-names.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { allFound, BookingReferences } from '../records/booking-references.ts';
import type { JobFacts } from '../records/job-facts.ts';
import type { ExpenseLists } from '../records/expense-lists.ts';
import type { ExpenseReferences } from '../records/expense-report.ts';
import { type Employee, missing, type ReferenceData, type Subsidiary } from '../records/reference-data.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import type { ExchangeRates } from './exchange-rates.ts';

/** What one expense refers to, and what is known of it should NetSuite refuse it. */
export interface ResolvedExpense extends ExpenseReferences {
  legalEntity: Subsidiary;
  employeeFacts: Employee;
  jobFacts?: JobFacts;
  /** in the currency of the books */
  inBooks: Money;
}

interface From {
  suiteQl: SuiteQl;
  references: ReferenceData;
  lists: ExpenseLists;
  rates: ExchangeRates;
  signal: AbortSignal;
}

/** Finds what the expenses of a batch refer to. */
export class ExpenseReferenceFinder {
  private readonly booking: BookingReferences;
  private readonly from: From;
  /** entities that the expenses of one report belong to */
  private readonly entitiesOf: Map<string, Set<string>>;

  private constructor(booking: BookingReferences, from: From, entitiesOf: Map<string, Set<string>>) {
    this.booking = booking;
    this.from = from;
    this.entitiesOf = entitiesOf;
  }

  static async read(expenses: readonly Expense[], from: From): Promise<ExpenseReferenceFinder> {
    const finder = new ExpenseReferenceFinder(await BookingReferences.read(expenses, from), from, new Map());
    for (const expense of expenses) {
      const report = reportKey(expense);
      if (report === undefined) continue;
      const entity = expense.legalEntity ?? (await finder.employerOf(expense).catch(() => undefined))?.code;
      if (entity === undefined) continue;
      finder.entitiesOf.set(report, (finder.entitiesOf.get(report) ?? new Set()).add(entity));
    }
    return finder;
  }

  /** Throws for the first thing that NetSuite does not know, or that does not go together. */
  async resolve(expense: Expense): Promise<ResolvedExpense> {
    const record = recordOf(expense);
    const { project, task } = expense;
    const [employee, job] = allFound<[Employee, JobFacts | undefined, unknown]>(record, [
      () => this.booking.employee(expense),
      () => (project ? this.booking.job(project) : undefined),
      () => this.booking.task(task?.code),
    ]);
    const legalEntity = await this.employerOf(expense);
    this.mustBeOfOneEntity(expense, legalEntity);
    const { references, lists } = this.from;
    const currency = await references.currency(expense.amount.currency);
    const category = await lists.category(expense);
    const taxCode = expense.tax && (await lists.taxCode(expense.tax.code, legalEntity));
    const base = await references.currencyCode(legalEntity.currencyId);
    if (base === undefined)
      throw missing('currency', legalEntity.currencyId, inWords('CURRENCY_UNKNOWN.of-entity', { entity: legalEntity.code }));
    if (expense.tax && currency !== legalEntity.currencyId) throw taxOfAnotherCurrency(expense, base);
    const rate = currency === legalEntity.currencyId ? undefined : await this.rateOf(expense, { currency, base, legalEntity });
    const { amount } = expense.amount;
    return {
      employee: employee.id,
      subsidiary: legalEntity.id,
      category,
      currency,
      ...(job ? { job: job.id, jobFacts: job } : {}),
      ...(taxCode ? { taxCode } : {}),
      ...(rate ? { exchangeRate: rate.rate } : {}),
      rateIsGiven: rate?.isGiven ?? false,
      legalEntity,
      employeeFacts: employee,
      inBooks: money(new ExactDecimal(amount).times(rate?.rate ?? 1).toFixed(), base),
    };
  }

  private async employerOf(expense: Expense): Promise<Subsidiary> {
    const { subsidiaryId } = this.booking.employee(expense);
    const found = subsidiaryId === undefined ? undefined : await this.from.references.subsidiaryById(subsidiaryId);
    if (found) return found;
    const who = expense.resource.email ?? expense.resource.id;
    throw missing('resource.email', who, inWords('EMPLOYEE_WITHOUT_ENTITY', { who }));
  }

  /** NetSuite keeps an expense in the books of the employer; a report that is in two would be paid back in halves. */
  private mustBeOfOneEntity(expense: Expense, employer: Subsidiary): void {
    const entities = this.entitiesOf.get(reportKey(expense) ?? '') ?? new Set();
    if (entities.size > 1) {
      const report = expense.report?.id ?? '';
      const entityList = [...entities].sort().join(', ');
      throw refused(expense, 'report.id', report, inWords('REPORT_IN_TWO_ENTITIES', { report, entities: entityList }));
    }
    const { legalEntity } = expense;
    if (legalEntity === undefined || legalEntity === employer.code) return;
    throw refused(expense, 'legalEntity', legalEntity, inWords('EXPENSE_OTHER_ENTITY', { entity: legalEntity, employer: employer.code }));
  }

  private async rateOf(
    expense: Expense,
    { currency, base, legalEntity }: { currency: string; base: string; legalEntity: Subsidiary },
  ): Promise<{ rate: string; isGiven: boolean }> {
    const { exchangeRate, day, amount } = expense;
    if (exchangeRate?.currency === base) return { rate: exchangeRate.rate, isGiven: true };
    const rate = await this.from.rates.rate({ from: currency, to: legalEntity.currencyId, day });
    if (rate !== undefined) return { rate, isGiven: false };
    throw missing('amount.currency', amount.currency, inWords('EXCHANGE_RATE_MISSING', { from: amount.currency, to: base, day }));
  }
}

export function recordOf(expense: Expense): Words {
  return called.expense(expense.id);
}

export function refused(expense: Expense, field: string, value: string, said: ReturnType<typeof inWords>): Failure {
  return new Failure({
    class: 'business.rejected',
    ...said,
    system: 'netsuite',
    record: recordOf(expense),
    field,
    value,
    outcome: 'not-made',
  });
}

/** Tax details have one currency, that of the report: the figure of another would be claimed back as it stands. */
function taxOfAnotherCurrency(expense: Expense, books: string): Failure {
  const { amount, currency } = expense.tax!.amount;
  const tax = `${amount} ${currency}`;
  return refused(expense, 'tax.amount', tax, inWords('EXPENSE_TAX_FOREIGN', { currency: expense.amount.currency, books, tax }));
}

const reportKey = ({ report, source }: Expense) => report && `${source.system} ${report.id}`;
