import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { InvoicePart, PartValue } from '../../../model/invoice-parts.ts';
import { canonicalJson, type Json } from '../../../model/json.ts';
import { minorUnits } from '../../../model/money.ts';
import type { KantataApi } from '../wire.ts';
import { idOf, type Row, text } from '../wire/envelope.ts';

export interface CustomField {
  id: string;
  name: string;
  type: string;
}

/** What a project shows in a custom field. */
export interface ShownValue {
  /** of the value's own record */
  id: string;
  value: Json;
}

/** The custom fields of a list, by the name that the list gives them, or by their id. Kantata does not hold names apart: of two alike none is chosen. */
export async function customFieldsOf(api: KantataApi, names: readonly string[], signal: AbortSignal): Promise<Map<string, CustomField>> {
  const all: CustomField[] = [];
  for await (const { results } of api.pages('custom_fields', { order: 'created_at:asc' }, signal)) all.push(...results.map(fieldOf));
  return new Map(
    names.map((name) => {
      const [one, other] = all.filter((field) => field.name === name);
      const found = one ?? all.find(({ id }) => id === name);
      const of = { system: 'kantata', field: name, value: name, outcome: 'not-made' } as const;
      if (other) throw new Failure({ class: 'conflict.duplicate', ...inWords('CUSTOM_FIELD_TWICE', { field: name }), ...of });
      if (!found) throw new Failure({ class: 'mapping.missing', ...inWords('CUSTOM_FIELD_UNKNOWN', { field: name }), ...of });
      return [name, found];
    }),
  );
}

const fieldOf = (row: Row): CustomField => ({
  id: idOf(row, phrase('RECORD_ID', { id: text(row, 'id') ?? '' })),
  name: text(row, 'name') ?? '',
  type: text(row, 'value_type') ?? '',
});

/** What a project shows in its custom fields, by the id of the field. */
export async function shownValues(api: KantataApi, workspaceId: string, signal: AbortSignal): Promise<Map<string, ShownValue>> {
  const shown = new Map<string, ShownValue>();
  const asked = { subject_type: 'workspace', subject_id: workspaceId, include: 'custom_field', order: 'created_at:asc' };
  for await (const { results } of api.pages('custom_field_values', asked, signal)) {
    for (const row of results) {
      const field = text(row, 'custom_field_id');
      // a value of another subject is not this project's, whatever was asked for
      if (field === undefined || text(row, 'subject_id') !== workspaceId) continue;
      shown.set(field, { id: idOf(row, field), value: (row['value'] ?? null) as Json });
    }
  }
  return shown;
}

/** A value in the form of its field: text as it is, a day as a date, an amount as `[cents, code]`. https://developer.kantata.com/ "Custom Fields" */
export function valueFor(field: CustomField, part: InvoicePart, value: PartValue | undefined): Json {
  if (value === undefined) return null;
  if (field.type === 'string') return value.kind === 'money' ? `${value.amount} ${value.currency}` : value.text;
  if (field.type === 'date' && value.kind === 'date') return value.text;
  if (field.type === 'currency' && value.kind === 'money') return [minorUnits(value), value.currency];
  throw new Failure({
    class: 'contract.drift',
    ...inWords('CUSTOM_FIELD_TYPE', { field: field.name, type: field.type, part }),
    system: 'kantata',
    field: field.name,
    value: field.type,
    outcome: 'not-made',
  });
}

/** An amount comes back as it was sent, or as the text of that. */
export function sameValue(wanted: Json, there: Json | undefined): boolean {
  if (wanted === null || there === null || there === undefined || there === '') return wanted === (there === '' ? null : (there ?? null));
  if (typeof wanted === 'string') return wanted.trim() === String(there).trim();
  return canonicalJson(wanted) === canonicalJson(typeof there === 'string' ? parsed(there) : there) || sameAmount(wanted, there);
}

function sameAmount(wanted: Json, there: Json): boolean {
  if (!Array.isArray(wanted) || !Array.isArray(there)) return false;
  const [[cents, code], [other, otherCode]] = [wanted, there];
  return code === otherCode && /^-?\d+$/.test(String(other)) && new ExactDecimal(String(cents)).equals(String(other));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
