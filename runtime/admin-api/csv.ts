import type { Columns, Line } from './table.ts';

/** What a spreadsheet takes for a formula, and what we put before it (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
/** One mark more than there is; one less is read, so that whatever was written is read back. */
const guarded = (text: string) => (formula.test(text) ? `'${text}` : text);
export const unguarded = (text: string): string => (text.startsWith("'") && formula.test(text) ? text.slice(1) : text);

/** A number, as it would be calculated with: there is nothing to guard against. */
const plainNumber = /^-?\d+(\.\d+)?$/;

/**
 * RFC 4180, every field in quotes: no comma or semicolon in it is taken for the end of it. The mark at its begin tells a spreadsheet that it is UTF-8.
 *
 * @param rows what is absent or null is an empty field; numbers stay numbers
 */
export function csvText<Column extends string>(
  columns: readonly Column[],
  rows: readonly { [column in Column]?: string | number | null | undefined }[],
): string {
  const line = (fields: readonly string[]) => `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`;
  const field = (value: string | number | null | undefined) => {
    const text = String(value ?? '');
    return plainNumber.test(text) ? text : guarded(text);
  };
  return ['\ufeff', line(columns), ...rows.map((row) => line(columns.map((column) => field(row[column]))))].join('');
}

/** Lines of a table, its moments written in UTC. */
export function csvOfTable(columns: Columns, lines: readonly Line[]): string {
  const moments = Object.keys(columns).filter((column) => columns[column] === 'moment');
  const written = (line: Line) =>
    moments.flatMap((column) => {
      const at = line[column] ?? undefined;
      return at === undefined ? [] : [[column, new Date(at).toISOString()]];
    });
  return csvText(
    Object.keys(columns),
    lines.map((line): Line => ({ ...line, ...Object.fromEntries(written(line)) })),
  );
}
