import { createHash } from 'node:crypto';
import { Decimal } from 'decimal.js';
import { engagementOf } from '../../../model/engagement-of.ts';
import { exactMoney } from '../../../model/exact-money.ts';
import { canonicalJson, type Json, type JsonObject } from '../../../model/json.ts';
import { outsideInstant, outsideNumber } from '../../../model/outside-number.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import { referredId } from '../records/record-field.ts';
import type { Billed } from './billed-projects.ts';
import type { AppliedRow } from './settlements.ts';

/** What the record of an invoice does not say itself, or says by an id. */
export interface InvoiceContext {
  currency: string | undefined;
  legalEntity: string | undefined;
  lines: readonly { id: string; amount: string }[];
  applied: readonly AppliedRow[];
  billed: Billed;
}

/** Statuses of an invoice that is not in the books yet: pending approval, rejected. */
const notPosted = new Set(['D', 'E']);

/**
 * An invoice as canonical `invoice`, version 1; `undefined` = it is not posted. A value that has not the form it should have is passed on as it is, so that
 * the contract check names it and one broken invoice does not stop the source. Field names: SuiteTalk REST API, `invoice`.
 */
export function invoiceOf(record: JsonObject, context: InvoiceContext): JsonObject | undefined {
  const statusId = referredId(record, 'status');
  if (statusId !== undefined && notPosted.has(statusId)) return undefined;
  const id = String(record['id']);
  const { currency = '', legalEntity, lines, applied, billed } = context;
  const money = (value: Json | undefined) => moneyOf(value, currency);
  const settled = (kind: AppliedRow['kind']) => applied.filter((row) => row.kind === kind).map((row) => settlementOf(row, currency));
  const [payments, credits] = [settled('payment'), settled('credit')];
  const [total, net] = [record['total'], netOf(record)];
  const margin = record['estGrossProfit'];
  const version = outsideInstant(record['lastModifiedDate']);
  return {
    id: `netsuite:${id}`,
    source: { system: 'netsuite', id },
    number: record['tranId'] ?? null,
    legalEntity: legalEntity ?? null,
    customer: { ...billed.customer },
    ...(billed.project ? { project: { ...billed.project } } : {}),
    currency,
    invoiceDate: record['tranDate'] ?? null,
    ...(record['dueDate'] ? { dueDate: record['dueDate'] } : {}),
    status: statusOf(statusId, applied),
    net: money(net),
    tax: money(taxOf(record, net)),
    gross: money(total),
    open: money(record['amountRemaining']),
    ...(margin === undefined || margin === null ? {} : { margin: money(margin) }),
    lines: lines.map((line) => ({ id: line.id, amount: money(line.amount) })),
    payments,
    credits,
    version: version === undefined ? (record['lastModifiedDate'] ?? null) : new Date(version).toISOString(),
  };
}

/** Settled by credits alone it is credited; one that is open is partly paid as soon as anything is applied to it. Another status is for the contract check. */
function statusOf(id: string | undefined, applied: readonly AppliedRow[]): Json {
  if (id === 'V') return 'voided';
  if (id === 'B') return applied.length > 0 && applied.every(({ kind }) => kind === 'credit') ? 'credited' : 'paid';
  if (id === 'A') return applied.length > 0 ? 'partly-paid' : 'posted';
  return id ?? null;
}

/** The subtotal is of the lines alone: a discount of the whole invoice, below zero, comes behind it. What is no number is passed on, for the check to name. */
function netOf({ subtotal, discountTotal }: JsonObject): Json | undefined {
  const [lines, discount] = [subtotal, discountTotal].map(amountIn);
  if (discountTotal === undefined || discountTotal === null) return subtotal;
  if (discount === undefined) return discountTotal;
  return lines === undefined ? subtotal : new Decimal(lines).plus(discount).toFixed();
}

/** An account without SuiteTax shows no tax. That there is none is then proved by the total alone; else nobody knows. */
function taxOf({ taxTotal, total }: JsonObject, ofNet: Json | undefined): Json | undefined {
  if (taxTotal !== undefined && taxTotal !== null) return taxTotal;
  const [gross, net] = [total, ofNet].map(amountIn);
  return gross !== undefined && net !== undefined && new Decimal(gross).equals(net) ? 0 : undefined;
}

function settlementOf({ id, number, day, amount }: AppliedRow, currency: string): JsonObject {
  return { id, ...(number === undefined ? {} : { number }), date: day ?? null, amount: moneyOf(amount, currency) };
}

function moneyOf(value: Json | undefined, currency: string): Json {
  const amount = amountIn(value);
  return amount === undefined ? { amount: value ?? null, currency } : { ...exactMoney(amount, currency) };
}

function amountIn(value: Json | undefined): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  return outsideNumber(value, { least: -1e15, most: 1e15 }) === undefined ? undefined : String(value).trim();
}

const types: Record<string, string> = {
  posted: 'com.psconnect.invoice.posted',
  'partly-paid': 'com.psconnect.invoice.partly-paid',
  paid: 'com.psconnect.invoice.paid',
  credited: 'com.psconnect.invoice.credited',
  voided: 'com.psconnect.invoice.voided',
};

/**
 * The state of an invoice. Its stamp orders the states; the content tells two of one second apart. Invoices of one engagement come one after the other,
 * whichever legal entity bills, so that the record that shows them is written by one run at a time.
 */
export function eventOf(invoice: JsonObject): SourceEvent {
  const { version, ...content } = invoice;
  const id = String(invoice['id']);
  const mark = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
  const at = outsideInstant(version);
  const project = invoice['project'] as Billed['project'];
  const stamp = at === undefined ? undefined : new Date(at).toISOString();
  return {
    id: [id, ...(stamp ? [stamp] : []), mark].join(':'),
    source: '/netsuite/invoice',
    type: types[String(invoice['status'])] ?? 'com.psconnect.invoice.changed',
    subject: id,
    time: stamp ?? new Date(0).toISOString(),
    key: (project?.code && engagementOf(project.code, project.legalEntity)) ?? project?.id ?? id,
    ...(stamp ? { version: { record: id, at: stamp, content: mark } } : {}),
    data: invoice,
  };
}
