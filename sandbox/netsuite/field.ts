/**
 * What one property of a record looks like on the wire. The names and types of the record tables in `types/` come from the REST API Browser
 * (customer, invoice, currency, vendor: its OpenAPI document) and, where that has no record, from the SuiteTalk SOAP schemas (job, timeBill …).
 */
export interface Field {
  kind: 'text' | 'boolean' | 'number' | 'integer' | 'date' | 'dateTime' | 'duration' | 'reference' | 'choice';
  /** record types that a reference may point to; empty = a list that this account does not keep, any id is taken */
  to?: readonly string[];
  /** id → label of a choice */
  options?: Readonly<Record<string, string>>;
  /** the SOAP schema's spelling of an option → its id; the REST ids are in no public document, so both are taken */
  spellings?: Readonly<Record<string, string>>;
  readOnly?: true;
  /** most characters of a text */
  most?: number;
  /** SuiteQL column, when it is not the lower-cased property name */
  column?: string;
}

export type Fields = Readonly<Record<string, Field>>;

export const text: Field = { kind: 'text' };
export const flag: Field = { kind: 'boolean' };
export const number: Field = { kind: 'number' };
export const integer: Field = { kind: 'integer' };
export const date: Field = { kind: 'date' };
export const dateTime: Field = { kind: 'dateTime' };
/** stored in minutes, `"4:00"` on the wire */
export const duration: Field = { kind: 'duration' };

export function reference(...to: string[]): Field {
  return { kind: 'reference', to };
}

export function choice(options: Readonly<Record<string, string>>, spellings: Readonly<Record<string, string>> = {}): Field {
  return { kind: 'choice', options, spellings };
}

/** A text of so many characters at most. */
export function textOf(most: number): Field {
  return { kind: 'text', most };
}

export function readOnly(field: Field): Field {
  return { ...field, readOnly: true };
}

/** Custom fields are made by each firm; their script ids start with these. */
export function isCustomField(name: string): boolean {
  return /^(custentity|custbody|custcol|custrecord|custevent|custitem)/.test(name);
}
