import { Failure } from '../../../model/failure.ts';
import { ExactDecimal } from '../../../model/exact-decimal.ts';
import type { Json } from '../../../model/json.ts';
import type { Descriptions, ObjectDescription } from './describe.ts';
import { instantOf } from './soql.ts';

/** What becomes of values is the same whether they come as JSON or, as text, in a file: this is all that there is of either. */
type Kind = 'whole' | 'decimal' | 'boolean' | 'instant' | 'as it is' | 'unknown';

const kinds: Readonly<Record<string, Kind>> = {
  int: 'whole',
  long: 'whole',
  double: 'decimal',
  currency: 'decimal',
  percent: 'decimal',
  boolean: 'boolean',
  datetime: 'instant',
};

/** The values of an org's records as they are handed on, by what it says of its fields. */
export class RecordValues {
  private readonly descriptions: Descriptions;
  private readonly signal: AbortSignal;
  private readonly kinds = new Map<string, Kind>();
  private readonly known = new Map<string, ObjectDescription | undefined>();

  constructor(descriptions: Descriptions, signal: AbortSignal) {
    this.descriptions = descriptions;
    this.signal = signal;
  }

  /** Of a record as JSON: numbers that are whole stay numbers, every other is decimal text; instants are RFC 3339 in UTC. */
  async read(sobject: string | undefined, field: string, value: Json): Promise<Json> {
    if (value === null || typeof value === 'object') return value;
    return valueAs(await this.kindOf(sobject, field), value);
  }

  /** Of a column of a file, in which an empty cell is null: how its values are read. */
  async column(sobject: string, path: string): Promise<(cell: string) => Json> {
    const parts = path.split('.');
    let at: string | undefined = sobject;
    for (const part of parts.slice(0, -1)) at = await this.parentOf(at, part);
    const kind = await this.kindOf(at, parts.at(-1) ?? '');
    return (cell) => (cell === '' ? null : valueAs(kind, cell));
  }

  private async kindOf(sobject: string | undefined, field: string): Promise<Kind> {
    const key = `${sobject ?? ''}.${field}`;
    const known = this.kinds.get(key);
    if (known) return known;
    const described = (await this.of(sobject))?.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase());
    const kind = described ? (kinds[described.type] ?? 'as it is') : 'unknown';
    this.kinds.set(key, kind);
    return kind;
  }

  /** Where a lookup leads; one that may lead to several kinds of objects is read as the first of them. */
  private async parentOf(sobject: string | undefined, relationship: string): Promise<string | undefined> {
    const fields = (await this.of(sobject))?.fields ?? [];
    return fields.find(({ relationshipName }) => relationshipName?.toLowerCase() === relationship.toLowerCase())?.referenceTo[0];
  }

  /** undefined: no object (of an aggregate), or none that the user may see described */
  private async of(sobject: string | undefined): Promise<ObjectDescription | undefined> {
    if (sobject === undefined || sobject === 'AggregateResult') return undefined;
    if (!this.known.has(sobject)) this.known.set(sobject, await this.seen(sobject));
    return this.known.get(sobject);
  }

  private async seen(sobject: string): Promise<ObjectDescription | undefined> {
    try {
      return await this.descriptions.of(sobject, this.signal);
    } catch (error) {
      if (Failure.is(error) && (error.class === 'auth.denied' || ['NOT_FOUND', 'INVALID_TYPE'].includes(error.code))) return undefined;
      throw error;
    }
  }
}

function valueAs(kind: Kind, value: string | number | boolean): Json {
  switch (kind) {
    case 'boolean':
      return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
    case 'instant':
      return typeof value === 'string' ? instantOf(value) : value;
    case 'whole':
      return typeof value === 'string' ? wholeNumber(value) : value;
    case 'decimal':
      return typeof value !== 'boolean' ? decimalText(String(value)) : value;
    case 'unknown':
      // a text may be a name that looks like a number
      return typeof value === 'number' ? decimalText(String(value)) : value;
    default:
      return value;
  }
}

function wholeNumber(text: string): Json {
  const number = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : text;
}

/** `12000.50` → `12000.5`: the same amount is the same text, however it came. */
function decimalText(text: string): string {
  return /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) && /[.e]/i.test(text) ? new ExactDecimal(text).toFixed() : text;
}
