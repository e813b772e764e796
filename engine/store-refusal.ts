import { Failure } from '../model/failure.ts';

/**
 * What a store says of a value that it cannot take, whoever noticed it: V8 (deeper than its stack is high, longer than a text can be, a function, a value that
 * holds itself) or the database. Undefined = something else is wrong. It concerns one call, and says nothing about the store.
 */
export function storeRefusal(error: unknown): Failure | undefined {
  if (Failure.is(error) || !isAboutData(error)) return undefined;
  return new Failure(
    {
      class: 'contract.invalid',
      code: 'DATA_NOT_STORABLE',
      ...wordsOf(error),
    },
    { cause: error },
  );
}

/** The database names what is wrong with the data by its code (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function wordsOf(error: unknown): { message: string; remedy: string } {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  if (code === '22P05' || code === '22021') {
    return {
      message: 'The store cannot take this data: it has a character that the database cannot hold.',
      remedy: 'Leave the character out, or use a database in UTF-8; nothing of this call was stored.',
    };
  }
  if (errcode === 18 || (typeof code === 'string' && code.startsWith('54'))) {
    return {
      message: 'The store cannot take this data: it is larger than the database allows.',
      remedy: 'Make the data smaller; nothing of this call was stored.',
    };
  }
  return {
    message: 'The store cannot take this data: it is too deep, too large, or nothing that JSON can hold.',
    remedy: 'Make the data flatter or smaller; nothing of this call was stored.',
  };
}

/** SQLSTATE 22 (wrong data) and 54 (a limit of the database); SQLite's TOOBIG. */
function isAboutData(error: unknown): boolean {
  const { code, errcode, name, message = '' } = (error ?? {}) as { code?: unknown; errcode?: unknown; name?: string; message?: string };
  if (error instanceof RangeError || name === 'DataCloneError' || errcode === 18) return true;
  if (typeof code === 'string' && (/^(22|54)[0-9A-Z]{3}$/.test(code) || code === 'ERR_STRING_TOO_LONG')) return true;
  return error instanceof TypeError && /circular structure|serialize a BigInt|cannot be bound/.test(message);
}
