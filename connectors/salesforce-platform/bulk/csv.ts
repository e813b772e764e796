import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { phrase } from '../../../model/failure-words.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { knownSecrets } from '../../../model/known-secrets.ts';
import { unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';

/**
 * Records as CSV for Bulk API 2.0. Null (and empty text, which REST takes for null) is `#N/A`; an empty cell leaves the field alone.
 * A reference by external id (`Account: {Account_Code__c: …}`) is a column `Account.Account_Code__c`.
 * https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm
 */
export function csvOf(records: JsonObject[]): string {
  const rows = records.map(flat);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.map(quoted).join(','), ...lines].join('\n')}\n`;
}

/** A row of a Bulk result has the columns that were sent, and three more. */
const longestRow = 1_000_000;

/**
 * Rows of a Bulk result, by column name, one after the other as they come: a result may have 150 MB. What lacks one of the columns, such as
 * a web page, is no result.
 */
export async function* csvRows(text: AsyncIterable<string>, needed: string[] = []): AsyncGenerator<Record<string, string>> {
  let columns: string[] = [];
  const header = (names: string[]) => (columns = names);
  const rows = parse({ columns: header, skip_empty_lines: true, bom: true, relax_column_count: true, max_record_size: longestRow });
  pipeline(Readable.from(text), rows, () => undefined); // what goes wrong is met below
  try {
    for await (const row of rows as AsyncIterable<Record<string, string>>) yield knownSecrets.withoutIn(row);
  } catch (error) {
    throw error instanceof CsvError ? unexpected(askedFor.bulkResult, phrase('ANSWER_SHAPE.csv'), error.code) : error;
  }
  const has = new Set(columns.map((name) => name.toLowerCase()));
  const missing = has.size > 0 && needed.find((name) => !has.has(name.toLowerCase()));
  if (missing) throw unexpected(askedFor.bulkResult, phrase('ANSWER_SHAPE.csv-with', { column: missing }), columns.join(','));
}

/**
 * Rows of a Bulk result by the place of their cells, all of which have as many as the first. https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm
 */
export async function* csvCells(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  const rows = parse({ skip_empty_lines: true, bom: true, max_record_size: longestRow });
  pipeline(Readable.from(text), rows, () => undefined); // what goes wrong is met below
  try {
    for await (const row of rows as AsyncIterable<string[]>) yield knownSecrets.withoutIn(row);
  } catch (error) {
    throw error instanceof CsvError ? unexpected(askedFor.bulkResult, phrase('ANSWER_SHAPE.csv'), error.code) : error;
  }
}

function flat(record: JsonObject): Record<string, Json> {
  const row: Record<string, Json> = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes' || value === undefined) continue;
    if (!isObject(value)) row[name] = value;
    else for (const [inner, reference] of Object.entries(value)) if (inner !== 'attributes') row[`${name}.${inner}`] = reference ?? null;
  }
  return row;
}

function cell(value: Json | undefined): string {
  if (value === undefined) return '';
  if (value === null || value === '') return '#N/A';
  return quoted(Array.isArray(value) ? value.join(';') : String(value));
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
