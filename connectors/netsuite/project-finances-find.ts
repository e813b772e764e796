import { ExactDecimal } from '../../model/exact-decimal.ts';
import { engagementOf } from '../../model/engagement-of.ts';
import { exactMoney } from '../../model/exact-money.ts';
import { inWords } from '../../model/failure-words.ts';
import type { FinancesAsked, FinancesFound, InvoiceTotals, Money } from '../../model/operations.ts';
import { financeAmounts, type FinanceAmount } from '../../model/project-finances-rules.ts';
import { called } from '../../model/record-names.ts';
import type { ProjectFinances } from '../../model/types.generated.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { isDecimal, notedAmount } from './erp-project-create/examine-project.ts';
import { ledgerOf } from './project-finances-find/ledger.ts';
import { projectAsked, type ProjectThere } from './records/project-there.ts';
import { invoicesOfProject } from './records/project-invoices.ts';
import { fieldText, referredId } from './records/record-field.ts';
import { missing, type ReferenceData } from './records/reference-data.ts';
import { ownLine, sales, salesOf } from './records/sales-of-project.ts';
import type { NetSuiteSettings } from './settings.ts';
import type { NetSuiteApi } from './wire.ts';
import type { SuiteQl } from './wire/suiteql.ts';

type Reason = ProjectFinances['unknown'][number]['reason'];
type Decimal = InstanceType<typeof ExactDecimal>;
/** An amount, or why there is none. */
type Told = Decimal | Reason;

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  settings: NetSuiteSettings;
}

/** What the books say of the revenue and the margin of a project, in its own currency; what they do not say is told as not known. */
export async function findFinances(parts: Parts, asked: FinancesAsked, signal: AbortSignal): Promise<FinancesFound> {
  const { project: key, legalEntity, asOf } = asked;
  const { references, suiteQl, settings } = parts;
  const project = await projectAsked(parts, asked, signal);
  if (!project) return { key, found: false, legalEntity };
  const base = (await unlessAborted(references.subsidiary(legalEntity), signal)).currencyId;
  const kept = referredId(project.there, 'currency');
  const currency = await unlessAborted(references.currencyCode(kept ?? base), signal);
  if (currency === undefined) {
    const said = inWords('CURRENCY_UNKNOWN', { code: kept ?? base, known: '' });
    throw missing('currency', kept ?? base, said, { record: called.project(key) });
  }
  const { id: job, subsidiary, there } = project;
  const { labourAccounts } = settings;
  const invoices = await invoicesOfProject(parts, job, signal);
  const billed = await billedOf(suiteQl, job, { currency: kept ?? base, base }, signal);
  const ledger = await ledgerOf(suiteQl, { job, subsidiary, base, labourAccounts, ...(kept ? { currency: kept } : {}) }, signal);
  const [revenue, labour, expenses]: Told[] = [ledger.revenue, ledger.labour, ledger.expenses].map((sum) => sum ?? 'other-currency');
  const cost = both(labour!, expenses!, (one, other) => one.plus(other));
  const margin = both(revenue!, cost, (one, other) => one.minus(other));
  const progress = both(revenue!, billed, (one, other) => one.minus(other));
  const split = (part: Told): Told => (labourAccounts.length === 0 ? 'not-configured' : part);
  const figures = told(currency, {
    contractValue: contractValue(project, currency),
    billed,
    ...invoiced(invoices.totals, currency),
    ...{ revenue: revenue!, labourCost: split(labour!), expenseCost: split(expenses!), cost, margin },
    unbilled: typeof progress === 'string' ? progress : ExactDecimal.max(progress, 0),
    overbilled: typeof progress === 'string' ? progress : ExactDecimal.max(progress.negated(), 0),
  });
  const percent: string | Reason = percentOf(margin, revenue!);
  const type = referredId(there, 'jobBillingType');
  const finances: ProjectFinances = {
    ...{ engagement: engagementOf(key, legalEntity), project: { id: job, code: key }, legalEntity, currency, asOf },
    ...(type === 'FBI' || type === 'FBM'
      ? { billing: 'fixed-price' }
      : type === 'TM' || type === 'CB'
        ? { billing: 'time-and-materials' }
        : {}),
    ...figures.amounts,
    marginPercent: isReason(percent) ? null : percent,
    unknown: [...figures.unknown, ...(isReason(percent) ? [{ field: 'marginPercent' as const, reason: percent }] : [])],
  };
  return { key, found: true, legalEntity, finances };
}

/** In the order of the contract. */
function told(currency: string, of: Record<FinanceAmount, Told>) {
  const amounts = Object.fromEntries(
    financeAmounts.map((field) => {
      const value = of[field];
      return [field, typeof value === 'string' ? null : exactMoney(value, currency)];
    }),
  ) as Record<FinanceAmount, Money | null>;
  const unknown = financeAmounts.flatMap((field) => {
    const reason = of[field];
    return typeof reason === 'string' ? [{ field, reason }] : [];
  });
  return { amounts, unknown };
}

const both = (one: Told, other: Told, work: (one: Decimal, other: Decimal) => Decimal): Told =>
  typeof one === 'string' || typeof other === 'string' ? 'follows' : work(one, other);

const isReason = (value: string): value is Reason => !isDecimal(value);

function percentOf(margin: Told, revenue: Told): string | Reason {
  if (typeof margin === 'string' || typeof revenue === 'string') return 'follows';
  if (revenue.lessThanOrEqualTo(0)) return 'no-revenue';
  return margin.times(100).div(revenue).toFixed(2, ExactDecimal.ROUND_HALF_UP);
}

/** The price; of a project without one, what its comments say that the contract is worth. */
function contractValue({ there }: ProjectThere, currency: string): Told {
  const price = fieldText(there, 'jobPrice');
  if (price !== undefined) return isDecimal(price) ? new ExactDecimal(price) : 'not-said';
  const [amount = '', code] = notedAmount(there)?.split(' ') ?? [];
  if (!isDecimal(amount)) return 'not-said';
  return code === currency ? new ExactDecimal(amount) : 'other-currency';
}

/** What was posted; a document that waits for an approval is not billed. An account of one currency shows none. */
async function billedOf(
  suiteQl: SuiteQl,
  job: string,
  { currency, base }: { currency: string; base: string },
  signal: AbortSignal,
): Promise<Told> {
  const lines = (await salesOf(suiteQl, job, sales, signal)).filter((line) => line.posted && ownLine(line, job));
  if (lines.some((line) => (line.currency ?? base) !== currency)) return 'other-currency';
  return lines.reduce((sum, { amount }) => sum.plus(amount), new ExactDecimal(0));
}

function invoiced(totals: readonly InvoiceTotals[], currency: string): Record<'invoiced' | 'paid' | 'credited' | 'open', Told> {
  const own = totals.find((total) => total.currency === currency);
  const of = (amount: Money | null | undefined): Told => {
    if (totals.some((total) => total.currency !== currency)) return 'other-currency';
    return amount === null ? 'shared-invoice' : new ExactDecimal(amount?.amount ?? 0);
  };
  return { invoiced: of(own?.gross), paid: of(own?.paid), credited: of(own?.credited), open: of(own?.open) };
}
