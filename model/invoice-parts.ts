import { isCalendarDate } from './calendar-date.ts';
import { comparableVersion, type ComparableVersion } from './comparable-version.ts';
import { exactMoney } from './exact-money.ts';
import type { Told } from './failure-sentence.ts';
import { Failure } from './failure.ts';
import { inWords } from './failure-words.ts';
import { sumOf } from './invoice-rules.ts';
import { isObject } from './json.ts';
import type { Invoice, ProjectFinances } from './types.generated.ts';

/** What a system may be told of an invoice. */
export type PartValue = { kind: 'text' | 'date' | 'number'; text: string } | { kind: 'money'; amount: string; currency: string };

const text = (value: string): PartValue => ({ kind: 'text', text: value });
const money = ({ amount, currency }: { amount: string; currency: string }): PartValue => ({ kind: 'money', amount, currency });

const parts = {
  id: ({ id }) => text(id),
  version: ({ version }) => text(version),
  number: ({ number }) => text(number),
  status: ({ status }) => text(status),
  legalEntity: ({ legalEntity }) => text(legalEntity),
  currency: ({ currency }) => text(currency),
  invoiceDate: ({ invoiceDate }) => ({ kind: 'date', text: invoiceDate }),
  dueDate: ({ dueDate }) => dueDate && { kind: 'date', text: dueDate },
  /** the last day on which anything was paid */
  paidDate: ({ payments }) => {
    const last = payments
      .map(({ date }) => date)
      .sort()
      .at(-1);
    return last && { kind: 'date', text: last };
  },
  net: ({ net }) => money(net),
  tax: ({ tax }) => money(tax),
  gross: ({ gross }) => money(gross),
  open: ({ open }) => money(open),
  paid: ({ payments, currency }) => money(exactMoney(sumOf(payments), currency)),
  credited: ({ credits, currency }) => money(exactMoney(sumOf(credits), currency)),
  margin: ({ margin }) => margin && money(margin),
} satisfies Record<string, (invoice: Invoice) => PartValue | '' | undefined>;

/** Of the project that is billed, where a look-up has told it. */
const projectParts = {
  projectRevenue: ({ revenue }) => revenue && money(revenue),
  projectCost: ({ cost }) => cost && money(cost),
  projectMargin: ({ margin }) => margin && money(margin),
  projectMarginPercent: ({ marginPercent }) => (marginPercent === null ? null : { kind: 'number', text: marginPercent }),
  projectBilled: ({ billed }) => billed && money(billed),
  projectUnbilled: ({ unbilled }) => unbilled && money(unbilled),
  projectOverbilled: ({ overbilled }) => overbilled && money(overbilled),
  projectCurrency: ({ currency }) => text(currency),
  projectAsOf: ({ asOf }) => text(asOf),
} satisfies Record<string, (finances: ProjectFinances) => PartValue | null>;

type ProjectPart = keyof typeof projectParts;
export type InvoicePart = keyof typeof parts | ProjectPart;
export const invoiceParts = [...Object.keys(parts), ...Object.keys(projectParts)] as InvoicePart[];
export const isProjectPart = (part: InvoicePart): part is ProjectPart => Object.hasOwn(projectParts, part);

/** Field of the system → the part that it may hold. What is not in it is never sent. */
export type AllowedParts = Readonly<Record<string, InvoicePart>>;

/** Without these nobody can tell which invoice a record shows, whether that is an older one, and whether its state is. */
export const comparedParts = ['id', 'invoiceDate', 'version'] as const satisfies readonly InvoicePart[];
export type ComparedPart = (typeof comparedParts)[number];

/** An invoice, and what is told of its project; `none` = the books have no such project; absent = nobody has asked them. */
export interface ToldOfInvoice {
  invoice: Invoice;
  finances?: ProjectFinances | 'none';
}

/** Nothing = there is none, or nobody knows, and the field is emptied: what it holds is of another state. */
export function partOf({ invoice, finances }: ToldOfInvoice, part: InvoicePart): PartValue | undefined {
  if (!isProjectPart(part)) return parts[part](invoice) || undefined;
  return finances === undefined || finances === 'none' ? undefined : (projectParts[part](finances) ?? undefined);
}

/** The fields that are told now: those of the project where the books were asked for it. */
export function fieldsTold(fields: AllowedParts, { finances }: ToldOfInvoice): [string, InvoicePart][] {
  return Object.entries(fields).filter(([, part]) => finances !== undefined || !isProjectPart(part));
}

/** The field that holds a part. */
export function fieldOf(fields: AllowedParts, part: ComparedPart): string {
  return Object.keys(fields).find((field) => fields[field] === part)!;
}

/** The list as it is written in a form: an object of JSON. */
export function allowedParts(json: string): AllowedParts {
  const given = parsed(json);
  if (!isObject(given) || Object.keys(given).length === 0) throw wrongList(json, inWords('ALLOWED_PARTS'));
  for (const [field, part] of Object.entries(given)) {
    if (field.trim() === '' || !invoiceParts.includes(part as InvoicePart)) {
      throw wrongList(String(part), inWords('ALLOWED_PARTS.part', { field, part: String(part), parts: invoiceParts.join(', ') }));
    }
  }
  for (const part of comparedParts) {
    const holding = Object.values(given).filter((one) => one === part).length;
    if (holding !== 1) throw wrongList(part, inWords('ALLOWED_PARTS.needed', { part }));
  }
  return given as AllowedParts;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const wrongList = (value: string, said: ReturnType<typeof inWords>) =>
  new Failure({ class: 'contract.invalid', ...said, field: 'fields', value: value.slice(0, 120), outcome: 'not-made' });

/** Ids of a system grow: `99` comes before `100`. */
const inOrder = <Value extends string | number>(one: Value, other: Value) => (one === other ? 0 : one < other ? -1 : 1);

/** What a record shows of an invoice, and of which state. */
export interface ShownState {
  id: string | undefined;
  invoiceDate: string | undefined;
  version: string | undefined;
}

/**
 * Whether the state of an invoice goes onto a record. A record shows its newest invoice, by the date of the invoice and then by its id, in whatever order
 * states come: `newer` = it shows a newer one, which stays. An older state of the same invoice is refused: somebody has brought it out of turn.
 */
export function comparedWithShown(
  invoice: Invoice,
  shown: ShownState,
  fields: AllowedParts,
  about: { system: string; record: Told },
): 'write' | 'newer' {
  const { id, invoiceDate, version } = shown;
  // a record that was written in part has no version yet
  if (!version) return 'write';
  const of = (part: ComparedPart, value: string) => ({ ...about, field: fieldOf(fields, part), value, outcome: 'not-made' }) as const;
  const unreadable = (part: ComparedPart, there: string) => {
    const said = inWords('INVOICE_SHOWN_UNREADABLE', { field: fieldOf(fields, part), shown: there });
    return new Failure({ class: 'contract.invalid', ...said, ...of(part, there) });
  };
  if (id !== undefined && id !== invoice.id) {
    if (!invoiceDate) return 'write';
    if (!isCalendarDate(invoiceDate)) throw unreadable('invoiceDate', invoiceDate);
    const order = inOrder(invoice.invoiceDate, invoiceDate) || inOrder(invoice.id.length, id.length) || inOrder(invoice.id, id);
    return order > 0 ? 'write' : 'newer';
  }
  const there = comparableVersion(version);
  const ours = comparableVersion(invoice.version) as ComparableVersion;
  if (there?.kind !== ours.kind) throw unreadable('version', version);
  if (there.at <= ours.at) return 'write';
  const said = inWords('INVOICE_STALE', { number: invoice.number, version: invoice.version, shown: version });
  throw new Failure({ class: 'conflict.stale', ...said, ...of('version', version) });
}
