import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Row } from '../sqlite/database.ts';

/** One open transaction. */
export interface Transaction {
  query(sql: string, values: unknown[]): Promise<Row[]>;
  /** goes to the end of the journal when everything else is written */
  journal(line: { actor: string; action: string; subject: string; detail: Json }, now: number): void;
  /** what others of the group have said of the subject, and is not in the journal yet */
  lines(subject: string): { actor: string; action: string; detail: Json }[];
  /** the instance that writes: it owns runs and leases */
  instance: string;
}

/** What came of one of the writes of a group; a refusal concerns that one alone. */
export type Outcome<T> = { value: T } | { refused: unknown };

/** One kind of write, done for all of a group in as few statements as possible. */
export interface WriteKind<Input, Output> {
  name: string;
  /** two writes with the same one cannot share a statement: the second waits for the next group */
  apart?(input: Input): string;
  apply(transaction: Transaction, inputs: Input[]): Promise<Outcome<Output>[]>;
}

/** Kinds of this name are done one by one. */
export const singleName = 'single';

/** A rare write, done by itself after the others of its group. It may throw a Failure before it has changed anything. */
export function single<Output>(work: (transaction: Transaction) => Promise<Output>): WriteKind<null, Output> {
  return {
    name: singleName,
    async apply(transaction) {
      try {
        return [{ value: await work(transaction) }];
      } catch (error) {
        if (Failure.is(error)) return [{ refused: error }];
        throw error;
      }
    },
  };
}
