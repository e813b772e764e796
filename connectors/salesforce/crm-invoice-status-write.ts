import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import {
  type ComparedPart,
  comparedParts,
  comparedWithShown,
  fieldOf,
  fieldsTold,
  type InvoicePart,
  isProjectPart,
  partOf,
  type PartValue,
} from '../../model/invoice-parts.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { jsonNumber } from '../../model/json-number.ts';
import type { CrmInvoiceStatus, InvoiceStatusResult, OperationContext } from '../../model/operations.ts';
import type { Turns } from '../kit/turns.ts';
import type { Descriptions, FieldDescription } from '../salesforce-platform/query/describe.ts';
import { readRecords } from '../salesforce-platform/query/query.ts';
import { instantOf, soqlText } from '../salesforce-platform/query/soql.ts';
import { textIn } from '../salesforce-platform/wire/answer-shape.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import { upsertOne } from '../salesforce-platform/write/upsert-one.ts';
import { targetOf } from '../salesforce-platform/write/upsert-request.ts';

/**
 * Tells the state of an invoice to the record that its key finds, in the listed fields alone. What the record shows is looked at first: a newer invoice or
 * state stays, and one that is shown already is not written again, so that no automation runs and no change is reported.
 */
export async function writeInvoiceStatus(
  rest: SalesforceRest,
  status: CrmInvoiceStatus,
  context: OperationContext,
  { descriptions, turns }: { descriptions: Descriptions; turns: Turns },
): Promise<InvoiceStatusResult> {
  // invoices of several deals are shown on one account, by runs that know nothing of each other
  const name = [status.type, status.keyField, status.key].join('\n').toLowerCase();
  return turns.take(name, () => compareAndWrite(rest, status, context, descriptions), context.signal);
}

async function compareAndWrite(
  rest: SalesforceRest,
  status: CrmInvoiceStatus,
  context: OperationContext,
  descriptions: Descriptions,
): Promise<InvoiceStatusResult> {
  const { invoice, key } = status;
  const record = phrase('RECORD.salesforce', { sobject: status.type, key });
  const about = { system: 'salesforce', record };
  const described = await describedFields(status, descriptions, context.signal, about);
  const found = await recordOf(rest, status, described, context.signal, about);
  const shownIn = (part: ComparedPart) => textIn(found[nameIn(described, fieldOf(status.fields, part))]);
  const [shownId, version] = [shownIn('id'), shownIn('version')];
  const shown = { id: shownId, invoiceDate: shownIn('invoiceDate'), version: version?.endsWith('+0000') ? instantOf(version) : version };
  const id = String(found['Id']);
  if (comparedWithShown(invoice, shown, status.fields, about) === 'newer') {
    return { record: id, written: false, ...(shownId ? { shows: shownId } : {}) };
  }
  const fields = sentFields(status, described, textIn(found['CurrencyIsoCode']), about);
  const target = targetOf({ type: status.type, externalIdField: 'Id', records: [] });
  try {
    const row = { key: id, fields, told: ofInvoice(status, fields), unmodifiedSince: unmodifiedSince(found) };
    await upsertOne(rest, target, row, context, null);
  } catch (error) {
    throw movedOn(Failure.from(error), key).with({ record });
  }
  return { record: id, written: true };
}

/**
 * Another process may have written since it was read: then Salesforce writes nothing. It compares whole seconds; `SystemModstamp` is never before the
 * instant that it compares with. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_conditional_request.htm
 */
function unmodifiedSince(found: JsonObject): string {
  const at = Date.parse(instantOf(String(found['SystemModstamp'])));
  return new Date(Math.ceil(at / 1000) * 1000).toUTCString();
}

/** What stands there now is looked at when the run comes again. */
function movedOn(failure: Failure, key: string): Failure {
  return failure.status === 412
    ? failure.with({ class: 'transient.locked', ...inWords('RECORD_MOVED_ON', { key }), outcome: 'not-made' })
    : failure;
}

/** What is the same when the run comes again: the books are asked anew then, and may say something else of the project. */
const ofInvoice = ({ fields: parts }: CrmInvoiceStatus, fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !isProjectPart(parts[name]!)));

/** As the org writes it: names of fields are the same in any case, those of an answer are the org's. */
const nameIn = (described: ReadonlyMap<string, FieldDescription>, field: string) => described.get(field)?.name ?? field;

interface About {
  system: string;
  record: ReturnType<typeof phrase>;
}

/** What the org says of each field of the list. One that the integration user does not see, or may not write, is told before anything is sent. */
async function describedFields(
  { type, keyField, fields }: CrmInvoiceStatus,
  descriptions: Descriptions,
  signal: AbortSignal,
  about: About,
): Promise<Map<string, FieldDescription>> {
  if (!/^[A-Za-z]\w*$/.test(keyField)) {
    const said = inWords('REQUEST_INVALID.salesforce-name', { field: 'keyField', name: keyField });
    throw new Failure({ class: 'contract.invalid', ...said, ...about, field: 'keyField', value: keyField, outcome: 'not-made' });
  }
  targetOf({ type, externalIdField: keyField, records: [] });
  const object = await descriptions.of(type, signal);
  const byName = new Map(object.fields.map((field) => [field.name.toLowerCase(), field]));
  const described = new Map<string, FieldDescription>();
  for (const name of [keyField, ...Object.keys(fields), 'CurrencyIsoCode']) {
    const field = byName.get(name.toLowerCase());
    if (field) described.set(name, field);
    else if (name !== 'CurrencyIsoCode') {
      const said = inWords('INVALID_FIELD.of-object', { type, field: name });
      throw new Failure({ class: 'contract.drift', ...said, ...about, field: name, value: name, outcome: 'not-made' });
    }
  }
  const locked = Object.keys(fields).find((name) => !described.get(name)?.updateable);
  if (locked === undefined) return described;
  // the right may be given at any time
  descriptions.forget();
  const said = inWords('FIELD_NOT_WRITABLE', { type, field: locked });
  throw new Failure({ class: 'contract.drift', ...said, ...about, field: locked, value: fields[locked], outcome: 'not-made' });
}

/** The one record of the key. None, and several, are for a person: nothing is made for an invoice, and none is chosen. */
async function recordOf(
  rest: SalesforceRest,
  { type, keyField, key, fields }: CrmInvoiceStatus,
  described: ReadonlyMap<string, FieldDescription>,
  signal: AbortSignal,
  about: About,
): Promise<JsonObject> {
  const shown = comparedParts.map((part) => nameIn(described, fieldOf(fields, part)));
  const asked = ['Id', 'SystemModstamp', ...shown, ...(described.has('CurrencyIsoCode') ? ['CurrencyIsoCode'] : [])].join(', ');
  const found = await readRecords(rest, `SELECT ${asked} FROM ${type} WHERE ${keyField} = ${soqlText(key)} LIMIT 2`, signal);
  const [one, other] = found;
  const of = { ...about, field: keyField, value: key, outcome: 'not-made' } as const;
  if (!one) throw new Failure({ class: 'mapping.missing', ...inWords('CRM_RECORD_UNKNOWN', { type, field: keyField, key }), ...of });
  if (other) throw new Failure({ class: 'conflict.duplicate', ...inWords('CRM_RECORD_TWICE', { type, field: keyField, key }), ...of });
  return one;
}

function sentFields(
  status: CrmInvoiceStatus,
  described: ReadonlyMap<string, FieldDescription>,
  recordCurrency: string | undefined,
  about: About,
): JsonObject {
  const of = (name: string, part: InvoicePart): Json => {
    const value = partOf(status, part);
    const type = described.get(name)?.type;
    if (value?.kind === 'money' && type === 'currency' && recordCurrency !== undefined && recordCurrency !== value.currency) {
      const said = inWords('RECORD_CURRENCY', { field: name, there: recordCurrency, currency: value.currency });
      throw new Failure({ class: 'business.rejected', ...said, ...about, field: name, value: recordCurrency, outcome: 'not-made' });
    }
    return asSent(value, type, name);
  };
  return Object.fromEntries(fieldsTold(status.fields, status).map(([name, part]) => [name, of(name, part)]));
}

/** A number where the field is one; in a text, an amount names its currency. */
function asSent(value: PartValue | undefined, type: string | undefined, field: string): Json {
  if (value === undefined) return null;
  const isNumber = type === 'currency' || type === 'double';
  if (value.kind === 'number') return isNumber || type === 'percent' ? jsonNumber(value.text, field) : value.text;
  if (value.kind !== 'money') return value.text;
  return isNumber ? jsonNumber(value.amount, field) : `${value.amount} ${value.currency}`;
}
