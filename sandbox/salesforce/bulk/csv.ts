import { parse } from 'csv-parse/sync';

/** Bulk files quote every cell. */
export function writeCsv(rows: readonly (readonly string[])[], delimiter: string, lineEnding: string): string {
  const end = lineEnding === 'CRLF' ? '\r\n' : '\n';
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + end).join('');
}

export function readCsv(content: string, delimiter: string): string[][] {
  return parse(content, { delimiter, bom: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: false });
}
