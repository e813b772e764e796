/** What stands in a column, whatever file the table becomes: a decimal is exact, a moment is epoch ms, a day is `2026-03-01`. */
export type ColumnType = 'text' | 'whole' | 'decimal' | 'moment' | 'day';

/** By name, in the order of the file. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** What is absent or null is not there; an empty text and zero are. */
export type Line = { readonly [column: string]: string | number | null | undefined };

/** A table of any length, that comes page by page. */
export interface Table {
  columns: Columns;
  pages: AsyncIterable<readonly Line[]>;
}
