import type { Row } from '../sqlite/database.ts';
import type { Readers } from './readers.ts';

export type Read = (sql: string, values: unknown[]) => Promise<Row[]>;

/** Reads by a session for it; `onError` makes of a database error what the callers see. */
export function reader(readers: () => Readers, onError: (error: unknown) => unknown): Read {
  return async (sql, values) => {
    try {
      return (await readers().query(sql, values)).rows;
    } catch (error) {
      throw onError(error);
    }
  };
}
