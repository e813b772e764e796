import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { exactMoney } from '../../../model/exact-money.ts';
import { contractIssues } from '../../../model/contract.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { sumOf } from '../../../model/invoice-rules.ts';
import type { InvoiceOfProject, InvoiceTotals, Money } from '../../../model/operations.ts';
import { called } from '../../../model/record-names.ts';
import type { Invoice } from '../../../model/types.generated.ts';
import { type InvoiceRead, readInvoices } from '../invoice-poll/read-invoices.ts';
import type { NetSuiteApi } from '../wire.ts';
import { column, literal, type SuiteQl } from '../wire/suiteql.ts';
import type { ReferenceData } from './reference-data.ts';
import { ownLine, salesOf } from './sales-of-project.ts';

export interface InvoicesOfProject {
  totals: InvoiceTotals[];
  drafts: number;
  voided: number;
  invoices: InvoiceOfProject[];
}

/** All invoices of a project, each as it stands; of one that bills other projects, too, this one's share. */
export async function invoicesOfProject(
  parts: { api: NetSuiteApi; suiteQl: SuiteQl; references: ReferenceData },
  job: string,
  signal: AbortSignal,
): Promise<InvoicesOfProject> {
  const ids = await invoiceIds(parts.suiteQl, job, signal);
  if (ids.length === 0) return { totals: [], drafts: 0, voided: 0, invoices: [] };
  const read = await readInvoices(parts, ids, signal);
  const shares = new Map<string, InstanceType<typeof ExactDecimal>>();
  for (const line of (await salesOf(parts.suiteQl, job, ['CustInvc'], signal)).filter((one) => ownLine(one, job)))
    shares.set(line.document, (shares.get(line.document) ?? new ExactDecimal(0)).plus(line.amount));
  const invoices = read
    .flatMap((one) => {
      const invoice = checked(one);
      return invoice ? [ofProject(invoice, shares.get(one.id))] : [];
    })
    .sort((one, other) => inOrder(one.invoiceDate, other.invoiceDate) || inOrder(one.number, other.number) || inOrder(one.id, other.id));
  return {
    totals: totalsOf(invoices.filter(({ status }) => status !== 'voided')),
    drafts: read.filter(({ invoice }) => !invoice).length,
    voided: invoices.filter(({ status }) => status === 'voided').length,
    invoices,
  };
}

const inOrder = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);

/** Voided ones, too, and those whose lines only say something. */
async function invoiceIds(suiteQl: SuiteQl, job: string, signal: AbortSignal): Promise<string[]> {
  const of = literal(job);
  const rows = await suiteQl.all(
    `SELECT tl.uniquekey AS id, tl.transaction AS invoice FROM transactionline tl INNER JOIN transaction t ON tl.transaction = t.id WHERE t.type = 'CustInvc' AND (t.entity = ${of} OR tl.entity = ${of}) ORDER BY tl.uniquekey`,
    signal,
  );
  return [...new Set(rows.map((row) => column(row, 'invoice')))];
}

/** An invoice whose amounts do not agree would make every sum wrong. */
function checked({ id, invoice }: InvoiceRead): Invoice | undefined {
  if (!invoice) return undefined;
  const issues = contractIssues('invoice', invoice);
  const [first] = issues;
  if (!first) return invoice as unknown as Invoice;
  const number = invoice['number'];
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('INVOICE_UNREADABLE', { number: typeof number === 'string' ? number : id }),
    system: 'netsuite',
    record: called.invoiceWithId(id),
    field: first.field,
    ...(first.value === undefined ? {} : { value: first.value }),
    issues,
    outcome: 'not-made',
  });
}

/** A share of nothing that was told (a voided invoice has no amounts in the table) is that of the whole, where the whole is the project's. */
function ofProject(invoice: Invoice, share: InstanceType<typeof ExactDecimal> | undefined): InvoiceOfProject {
  const { id, number, status, invoiceDate, dueDate, currency, net, gross, open, payments, credits } = invoice;
  const shared = status !== 'voided' && !new ExactDecimal(net.amount).equals(share ?? 0);
  const whole = (amount: Money) => (shared ? null : amount);
  return {
    ...{ id, number, status, invoiceDate, shared },
    ...(dueDate === undefined ? {} : { dueDate }),
    net: shared ? exactMoney(share ?? 0, currency) : net,
    gross: whole(gross),
    paid: whole(exactMoney(sumOf(payments), currency)),
    credited: whole(exactMoney(sumOf(credits), currency)),
    open: whole(open),
  };
}

function totalsOf(invoices: readonly InvoiceOfProject[]): InvoiceTotals[] {
  const byCurrency = Map.groupBy(invoices, ({ net }) => net.currency);
  return [...byCurrency]
    .sort(([one], [other]) => inOrder(one, other))
    .map(([currency, same]) => {
      const total = (name: 'gross' | 'paid' | 'credited' | 'open'): Money | null => {
        const amounts = same.map((invoice) => invoice[name]);
        return amounts.every((amount) => amount !== null) ? exactMoney(sumOf(amounts.map((amount) => ({ amount }))), currency) : null;
      };
      return {
        ...{ currency, count: same.length, net: exactMoney(sumOf(same.map(({ net }) => ({ amount: net }))), currency) },
        ...{ gross: total('gross'), paid: total('paid'), credited: total('credited'), open: total('open') },
      };
    });
}
