import { parse } from 'csv-parse/sync';
import type { Json, JsonObject } from '../../model/json.ts';
import { isObject } from './answer-shape.ts';

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

/** Rows of a Bulk result, by column name. */
export function csvRows(text: string): Record<string, string>[] {
  return parse(text, { columns: true, skip_empty_lines: true, bom: true, relax_column_count: true });
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
