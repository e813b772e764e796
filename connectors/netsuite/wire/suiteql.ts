import { Failure } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { HttpClient } from '../../http/client.ts';
import { PageCount } from '../../http/page-count.ts';
import { assertWhole, incomplete } from '../../http/whole-list.ts';
import { outsideNumber } from '../../../model/outside-number.ts';

/** One row: every value is text, booleans are `T` and `F`, empty columns are left out, names are lower case. */
export type Row = Readonly<Record<string, string | undefined>>;

/** rows of one page: NetSuite gives no more */
export const largestPage = 1000;
/**
 * A query gives no more rows, and says then that these are all: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_157909186990.html
 */
export const mostRows = 100_000;
/** values of one IN list: below Oracle's 1,000 */
export const listSize = 500;
/** what is listed, as failures name it */
const rowsOfQuery = phrase('LIST_INCOMPLETE.netsuite-rows');

/**
 * Reads by SuiteQL. Each query must order its rows by something unique, or pages repeat and miss rows.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_157909186990.html
 */
export class SuiteQl {
  private readonly http: HttpClient;

  constructor(http: HttpClient) {
    this.http = http;
  }

  async all(query: string, signal?: AbortSignal): Promise<Row[]> {
    const rows: Row[] = [];
    const firsts = new Set<string>();
    const pages = new PageCount('netsuite', phrase('LIST_WITHOUT_END.netsuite-query'));
    for (let offset = 0, before = 0; ; offset += largestPage) {
      pages.next();
      const { total = before, ...page } = await this.page(query, { offset, signal });
      // what was taken away from a page that is read shifts the rest: one row would be on no page
      if (total < before) throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.netsuite-fewer', { total, before }));
      before = total;
      const first = page.rows[0]?.['id'];
      // a page that was given before is not the next one
      if (first !== undefined && firsts.has(first))
        throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.twice', { id: first }));
      if (first !== undefined) firsts.add(first);
      rows.push(...page.rows);
      if (rows.length >= mostRows) throw tooManyRows();
      if (!page.more) return rows;
    }
  }

  /** One page of at most 1,000 rows. */
  async page(
    query: string,
    options: { offset?: number; limit?: number; signal?: AbortSignal } = {},
  ): Promise<{ rows: Row[]; more: boolean; total?: number }> {
    const { limit = largestPage, offset = 0 } = options;
    const answer = await this.http.request({
      kind: 'list',
      method: 'POST',
      url: '/services/rest/query/v1/suiteql',
      params: { limit, offset },
      headers: { Prefer: 'transient' },
      body: { q: query },
      reads: true,
      signal: options.signal,
    });
    return pageOf(answer.body, { limit, offset });
  }

  /** Rows for which a column has one of the values; `query` takes the condition and gives the whole query. */
  async whereIn(column: string, values: Iterable<string>, query: (condition: string) => string, signal?: AbortSignal): Promise<Row[]> {
    return this.inLists(values, (list) => query(`${column} IN (${list.map(literal).join(', ')})`), signal);
  }

  /** The same for texts that NetSuite takes for equal whatever their case: both sides in capitals, by the database's own rule. */
  async whereInAnyCase(
    column: string,
    values: Iterable<string>,
    query: (condition: string) => string,
    signal?: AbortSignal,
  ): Promise<Row[]> {
    const capitals = (value: string) => `UPPER(${literal(value)})`;
    return this.inLists(values, (list) => query(`UPPER(${column}) IN (${list.map(capitals).join(', ')})`), signal);
  }

  private async inLists(values: Iterable<string>, query: (list: string[]) => string, signal?: AbortSignal): Promise<Row[]> {
    const wanted = [...new Set(values)];
    const rows: Row[] = [];
    for (let from = 0; from < wanted.length; from += listSize) {
      rows.push(...(await this.all(query(wanted.slice(from, from + listSize)), signal)));
    }
    return rows;
  }
}

/** Text as SuiteQL writes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function dateLiteral(date: string): string {
  return `TO_DATE(${literal(date)}, 'YYYY-MM-DD')`;
}

/** A column that must be there. */
export function column(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.row-without', { column: name }));
  return value;
}

/**
 * A page says in three ways how much there is: `count` and `totalResults`, `hasMore`, and a link to the next page. All that it says must agree with
 * the rows that came.
 */
function pageOf(body: unknown, { limit, offset }: { limit: number; offset: number }): { rows: Row[]; more: boolean; total?: number } {
  if (body === '' || body === null) throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.netsuite-nothing'));
  if (typeof body !== 'object') throw unexpectedAnswer(phrase('SUITEQL_ANSWER.no-page'));
  const { items, hasMore, count, totalResults, links, offset: from } = (body ?? {}) as Record<string, unknown>;
  if (!Array.isArray(items)) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.no-items'));
  const total = whole(totalResults);
  const rows = items.length;
  if (hasMore !== undefined && typeof hasMore !== 'boolean') throw unexpectedAnswer(phrase('SUITEQL_ANSWER.more-unclear'));
  if (hasMore === undefined && total === undefined)
    throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.netsuite-more-unsaid'));
  const more = hasMore ?? offset + rows < (total ?? 0);
  const begins = whole(from);
  if (begins !== undefined && begins !== offset)
    throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.elsewhere', { begins, offset }));
  for (const [name, value] of Object.entries({ count, totalResults }))
    if (value !== undefined && value !== null && whole(value) === undefined)
      throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.no-number', { name }));
  const told = whole(count);
  if (told !== undefined && told !== rows)
    throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.netsuite-some', { rows, total: told }));
  if (more && rows === 0) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.empty-page'));
  if (more ? rows < limit : hasNext(links))
    throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.netsuite-page-untold', { rows }));
  assertWhole({ system: 'netsuite', what: rowsOfQuery, rows, before: offset, size: limit, total });
  if (!more && total !== undefined && offset + rows < total)
    throw incomplete('netsuite', rowsOfQuery, phrase('LIST_INCOMPLETE.netsuite-some', { rows: offset + rows, total }));
  return { rows: items.map(rowOf), more, ...(total === undefined ? {} : { total }) };
}

const whole = (value: unknown) => outsideNumber(value, { least: 0, most: 1e9, whole: true });

function hasNext(links: unknown): boolean {
  return Array.isArray(links) && links.some((link) => (link as { rel?: unknown } | null)?.rel === 'next');
}

function rowOf(item: unknown): Row {
  if (typeof item !== 'object' || item === null) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.no-row'));
  const row: Record<string, string> = {};
  for (const [name, value] of Object.entries(item)) {
    if (name !== 'links' && value !== null && typeof value !== 'object') row[name] = String(value);
  }
  return row;
}

/** What lies beyond would be taken for what is not there. */
function tooManyRows(): Failure {
  const what = phrase('LIST_WITHOUT_END.netsuite-query');
  return new Failure({
    class: 'contract.drift',
    ...inWords('LIST_WITHOUT_END', { what, pages: mostRows / largestPage }),
    system: 'netsuite',
  });
}

/** Something other than what SuiteQL documents. */
export function unexpectedAnswer(what: Words): Failure {
  return new Failure({
    class: 'contract.drift',
    ...inWords('SUITEQL_ANSWER', { what }),
    system: 'netsuite',
  });
}
