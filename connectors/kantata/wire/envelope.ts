import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../../model/failure-words.ts';
import { isObject } from '../../../model/json.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import { assertWhole, incomplete } from '../../http/whole-list.ts';

/** A record as Kantata shows it: attributes by name, nothing assumed about their types. */
export type Row = { readonly [attribute: string]: unknown };

/**
 * Kantata's answer to every read and write (https://developer.kantata.com/ "Response Format"): `results` says which rows
 * are the answer and in which order; the keyed collections also hold side-loaded rows, even of the same kind.
 */
export interface Envelope {
  /** rows of the whole list; undefined when the answer does not say */
  count: number | undefined;
  /** what it says of its pages; a list that was asked for by offset has one, too */
  pages: { count: number; size: number | undefined } | undefined;
  results: Row[];
  /** a row of any collection that came along, by id */
  row(collection: string, id: string | undefined): Row | undefined;
  all(collection: string): Row[];
}

export function parseEnvelope(body: unknown, what: string): Envelope {
  if (body === '' || body === null) throw incomplete('kantata', what, phrase('LIST_INCOMPLETE.kantata-nothing'));
  if (!isRow(body) || !Array.isArray(body['results'])) {
    throw unexpectedAnswer(what, 'results', inWords('ANSWER_UNEXPECTED.no-results'));
  }
  const collection = (name: string): Row => (isRow(body[name]) ? body[name] : {});
  const results = body['results'].map((entry: unknown) => {
    const key = isRow(entry) ? text(entry, 'key') : undefined;
    const id = isRow(entry) ? text(entry, 'id') : undefined;
    const row = key && id ? collection(key)[id] : undefined;
    if (!isRow(row)) throw incomplete('kantata', what, phrase('LIST_INCOMPLETE.kantata-named', { row: `${key} ${id}` }));
    // one row that does not say its id must not stop the list
    return text(row, 'id') === undefined ? { ...row, id } : row;
  });
  const meta = isRow(body['meta']) ? body['meta'] : {};
  const pageCount = whole(meta['page_count']);
  return {
    count: countOf(whole(body['count']), whole(meta['count']), what),
    pages: pageCount === undefined ? undefined : { count: pageCount, size: whole(meta['page_size']) },
    results,
    row: (name, id) => {
      const row = id === undefined ? undefined : collection(name)[id];
      return isRow(row) ? row : undefined;
    },
    all: (name) => Object.values(collection(name)).filter(isRow),
  };
}

const whole = (value: unknown) => outsideNumber(value, { least: 0, most: 1e9, whole: true });

function countOf(count: number | undefined, again: number | undefined, what: string): number | undefined {
  if (count !== undefined && again !== undefined && count !== again) {
    throw incomplete('kantata', what, phrase('LIST_INCOMPLETE.kantata-two-counts', { count, again }));
  }
  return count ?? again;
}

/**
 * All that a list says of itself must agree with the rows that came, or a part would be taken for the whole. `before`: rows of the list before this
 * page; `size`: the most that were asked for. Answers how many there are in all.
 */
export function assertWholePage(envelope: Envelope, what: string, { before, size }: { before: number; size: number }): number {
  const { count, pages, results } = envelope;
  if (count === undefined) throw incomplete('kantata', what, phrase('LIST_INCOMPLETE.kantata-no-count'));
  const rows = results.length;
  if (new Set(results.map((row) => row['id'])).size < rows) throw incomplete('kantata', what, phrase('LIST_INCOMPLETE.kantata-twice'));
  assertWhole({ system: 'kantata', what, rows, before, size: pages?.size ? Math.min(size, pages.size) : size, total: count });
  if (rows > 0 && before + rows > count) throw incomplete('kantata', what, phrase('LIST_INCOMPLETE.kantata-more', { count }));
  if (pages && Math.ceil(count / (pages.size || size)) > Math.max(pages.count, 1)) {
    throw incomplete('kantata', what, phrase('LIST_INCOMPLETE.kantata-pages', { pages: pages.count, count }));
  }
  return count;
}

export function isRow(value: unknown): value is Row {
  return isObject(value);
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

export function idOf(row: Row, what: Told): string {
  const id = text(row, 'id');
  if (id === undefined) throw unexpectedAnswer(what, 'id', inWords('ANSWER_UNEXPECTED.no-id'));
  return id;
}

/** Something other than what Kantata documents. */
export function unexpectedAnswer(record: Told, field: string, said: FailureText): Failure {
  return new Failure({ class: 'contract.drift', ...said, system: 'kantata', record, field });
}
