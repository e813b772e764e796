import { shorten } from '../../../model/contract.ts';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import { type SoqlToken, soqlTokens } from './soql-tokens.ts';
import { soqlValue } from './soql-value.ts';

/** A query with its values, and what can be told of it by looking at it. */
export interface BoundSoql {
  soql: string;
  /** names that stand in it outside of its sub-queries, in small letters */
  names: ReadonlySet<string>;
  /** the object that it asks */
  sobject: string;
  /** why it can only be read page by page: https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/queries.htm */
  pagesOnly: boolean;
}

/** https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm */
const longestSoql = 100_000;
const aggregates = new Set(['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'grouping']);
const pageWords = new Set(['group', 'offset', 'typeof', 'having']);

/** What changes something there, or locks it: a query only reads. */
const changing = new Set(['for', 'update']);
/** `LAST_N_DAYS:30` */
const counted = /_N_/i;

/** `:name` in a query becomes the value of that name; what stands within quotes is left as it is. Throws where a value is missing or cannot stand in a query. */
export function boundSoql(query: string, values: Readonly<Record<string, unknown>>): BoundSoql {
  const names = new Set<string>();
  let soql = '';
  let sobject = '';
  let pagesOnly = false;
  let depth = 0;
  let last: SoqlToken | undefined;
  /** the last that was more than space */
  let word = '';
  for (const token of soqlTokens(query)) {
    const { kind, text } = token;
    const glued = kind === 'bind' && last?.kind === 'word' && counted.test(last.text) ? ':' : '';
    soql += kind === 'bind' ? glued + valueOf(text.slice(1), values, query) : text;
    last = token;
    if (kind === 'space') continue;
    const said = text.toLowerCase();
    const isSelected = sobject === '';
    if (kind === 'open') depth++;
    if (kind === 'close') depth--;
    if (kind === 'open' && depth === 1 && isSelected && aggregates.has(word)) pagesOnly = true;
    if (kind === 'word' && depth > 0 && isSelected && said === 'select') pagesOnly = true;
    if (kind === 'word' && depth === 0) {
      if (isSelected && word === 'from') sobject = text;
      if (pageWords.has(said)) pagesOnly = true;
      names.add(said);
    }
    word = said;
  }
  if (depth !== 0 || !/^\s*select\b/i.test(query) || sobject === '') throw badQuery(inWords('QUERY_WRONG.no-select'), query);
  const change = [...changing].find((name) => names.has(name));
  if (change) throw badQuery(inWords('QUERY_WRONG.changes', { word: change.toUpperCase() }), query);
  if (soql.length > longestSoql)
    throw badQuery(inWords('QUERY_WRONG.long', { length: { count: soql.length }, most: { count: longestSoql } }), query);
  return { soql, names, sobject, pagesOnly };
}

function valueOf(name: string, values: Readonly<Record<string, unknown>>, query: string): string {
  const value = name
    .split('.')
    .reduce<unknown>(
      (from, part) =>
        from !== null && typeof from === 'object' && Object.hasOwn(from, part) ? (from as Record<string, unknown>)[part] : undefined,
      values,
    );
  if (value === undefined) throw badQuery(inWords('QUERY_WRONG.no-value', { name }), query, name);
  const text = soqlValue(value);
  if (text !== undefined) return text;
  const said =
    Array.isArray(value) && value.length === 0 ? inWords('QUERY_WRONG.empty-list', { name }) : inWords('QUERY_WRONG.value', { name });
  throw badQuery(said, query, name);
}

function badQuery(said: FailureText, query: string, name?: string): Failure {
  return new Failure({ class: 'contract.invalid', ...said, system: 'salesforce', field: name ?? 'query', value: shorten(query) });
}
