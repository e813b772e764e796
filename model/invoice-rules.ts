import { type Decimal } from 'decimal.js';
import { ExactDecimal } from './exact-decimal.ts';
import { exactMoney, type Money } from './exact-money.ts';
import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import type { Invoice } from './types.generated.ts';

/**
 * What is wrong with an invoice whose values are right: whose it is, in which currency, and whether its amounts agree with each other. One whose
 * amounts do not agree would show a wrong debt to whoever reads it elsewhere.
 */
export function invoiceIssues(invoice: Invoice): Issue[] {
  const currencies = currencyIssues(invoice);
  // amounts of two currencies cannot be added up
  return [...ownerIssues(invoice), ...(currencies.length > 0 ? currencies : amountIssues(invoice))];
}

function ownerIssues({ legalEntity, customer, project }: Invoice): Issue[] {
  const issues: Issue[] = [];
  const client = customer.legalEntity;
  if (client !== undefined && client !== legalEntity) {
    const code = customer.code ?? customer.id;
    issues.push({ field: 'customer.legalEntity', value: client, ...inWords('INVOICE_OF_OTHER_ENTITY', { code, client, legalEntity }) });
  }
  const delivers = project?.legalEntity;
  if (delivers !== undefined && delivers !== legalEntity) {
    const said = inWords('INVOICE_OF_OTHER_ENTITY.project', { code: nameOf(project), delivers, legalEntity });
    issues.push({ field: 'project.legalEntity', value: delivers, ...said });
  }
  return issues;
}

function currencyIssues(invoice: Invoice): Issue[] {
  const { currency, project } = invoice;
  const issues: Issue[] = [];
  if (project?.currency !== undefined && project.currency !== currency) {
    const said = inWords('INVOICE_CURRENCY.project', { currency, code: nameOf(project), other: project.currency });
    issues.push({ field: 'currency', value: currency, ...said });
  }
  for (const [field, money] of amountsOf(invoice)) {
    if (money.currency === currency) continue;
    issues.push({ field, value: money.currency, ...inWords('INVOICE_CURRENCY', { field, other: money.currency, currency }) });
  }
  return issues;
}

const nameOf = (project: Invoice['project']) => project?.code ?? project?.id ?? '';

function amountsOf({ net, tax, gross, open, margin, lines, payments, credits }: Invoice): [string, Money][] {
  const listed = (name: string, list: readonly { amount: Money }[]) =>
    list.map(({ amount }, at): [string, Money] => [`${name}[${at}].amount`, amount]);
  return [
    ...Object.entries({ net, tax, gross, open, ...(margin ? { margin } : {}) }),
    ...listed('lines', lines),
    ...listed('payments', payments),
    ...listed('credits', credits),
  ];
}

function amountIssues({ status, currency, net, tax, gross, open, lines, payments, credits }: Invoice): Issue[] {
  const shown = (amount: Decimal) => {
    const money = exactMoney(amount, currency);
    return `${money.amount} ${money.currency}`;
  };
  const [ofNet, ofTax, ofGross, ofOpen] = [net, tax, gross, open].map(({ amount }) => new ExactDecimal(amount)) as [
    Decimal,
    Decimal,
    Decimal,
    Decimal,
  ];
  const [inLines, paid, credited] = [lines, payments, credits].map(sumOf) as [Decimal, Decimal, Decimal];
  const settled = paid.plus(credited);
  const issue = (field: string, amount: Decimal, said: ReturnType<typeof inWords>): Issue => ({ field, value: shown(amount), ...said });
  if (status === 'voided') {
    return settled.isZero() ? [] : [issue('payments', settled, inWords('INVOICE_VOIDED_PAID', { settled: shown(settled) }))];
  }
  const issues: Issue[] = [];
  if (ofGross.isZero()) issues.push(issue('gross', ofGross, inWords('INVOICE_ZERO')));
  if (!ofNet.plus(ofTax).equals(ofGross)) {
    const sum = shown(ofNet.plus(ofTax));
    issues.push(issue('gross', ofGross, inWords('INVOICE_GROSS', { gross: shown(ofGross), net: shown(ofNet), tax: shown(ofTax), sum })));
  }
  if (!inLines.equals(ofNet)) issues.push(issue('net', ofNet, inWords('INVOICE_LINES', { net: shown(ofNet), lines: shown(inLines) })));
  if (paid.greaterThan(ofGross))
    issues.push(issue('payments', paid, inWords('INVOICE_OVERPAID', { paid: shown(paid), gross: shown(ofGross) })));
  if (credited.greaterThan(ofGross)) {
    issues.push(issue('credits', credited, inWords('INVOICE_OVERCREDITED', { credited: shown(credited), gross: shown(ofGross) })));
  }
  // what is too much is said above
  if (settled.lessThanOrEqualTo(ofGross) && !ofGross.minus(settled).equals(ofOpen)) {
    const left = shown(ofGross.minus(settled));
    issues.push(issue('open', ofOpen, inWords('INVOICE_OPEN', { open: shown(ofOpen), left })));
  }
  return issues;
}

/** Of what is paid or credited, or of lines. */
export const sumOf = (list: readonly { amount: Money }[]): Decimal =>
  list.reduce((sum, { amount }) => sum.plus(amount.amount), new ExactDecimal(0));
