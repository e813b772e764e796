import { Failure } from '../../model/failure.ts';
import { outsideNumber } from '../../model/outside-number.ts';

/** A record as Kantata shows it: attributes by name, nothing assumed about their types. */
export type Row = { readonly [attribute: string]: unknown };

/**
 * Kantata's answer to every read and write (https://developer.kantata.com/ "Response Format"): `results` says which rows
 * are the answer and in which order; the keyed collections also hold side-loaded rows, even of the same kind.
 */
export interface Envelope {
  count: number;
  pageCount: number;
  results: Row[];
  /** a row of any collection that came along, by id */
  row(collection: string, id: string | undefined): Row | undefined;
  all(collection: string): Row[];
}

export function parseEnvelope(body: unknown, what: string): Envelope {
  if (!isRow(body) || !Array.isArray(body['results'])) {
    throw unexpectedAnswer(what, 'results', 'The answer has no list of results.');
  }
  const collection = (name: string): Row => (isRow(body[name]) ? body[name] : {});
  const results = body['results'].map((entry: unknown) => {
    const key = isRow(entry) ? text(entry, 'key') : undefined;
    const id = isRow(entry) ? text(entry, 'id') : undefined;
    const row = key && id ? collection(key)[id] : undefined;
    if (!isRow(row)) throw unexpectedAnswer(what, 'results', `The answer names ${key} ${id} and does not hold it.`);
    return row;
  });
  const meta = isRow(body['meta']) ? body['meta'] : {};
  return {
    count: Math.max(outsideNumber(body['count'], { least: 0, most: 1e9, whole: true }) ?? 0, results.length),
    pageCount: outsideNumber(meta['page_count'], { least: 0, most: 1e9, whole: true }) ?? 1,
    results,
    row: (name, id) => {
      const row = id === undefined ? undefined : collection(name)[id];
      return isRow(row) ? row : undefined;
    },
    all: (name) => Object.values(collection(name)).filter(isRow),
  };
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An attribute as text; ids come as text holding an integer, some plain foreign keys as numbers. */
export function text(row: Row | undefined, attribute: string): string | undefined {
  const value = row?.[attribute];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function ids(row: Row | undefined, attribute: string): string[] {
  const value = row?.[attribute];
  return Array.isArray(value) ? value.map(String) : [];
}

export function idOf(row: Row, what: string): string {
  const id = text(row, 'id');
  if (id === undefined) throw unexpectedAnswer(what, 'id', 'The record has no id.');
  return id;
}

/** Something other than what Kantata documents. */
export function unexpectedAnswer(record: string, field: string, message: string): Failure {
  return new Failure({
    class: 'contract.drift',
    code: 'ANSWER_UNEXPECTED',
    message,
    system: 'kantata',
    record,
    field,
    remedy: 'Check that the address in the connection is that of the Kantata OX API, version 1.',
  });
}
