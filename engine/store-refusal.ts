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
      message: 'The store cannot take this data: it is too deep, too large, or nothing that JSON can hold.',
      remedy: 'Make the data flatter or smaller; nothing of this call was stored.',
    },
    { cause: error },
  );
}

/** SQLSTATE 22 (wrong data) and 54 (a limit of the database); SQLite's TOOBIG. */
function isAboutData(error: unknown): boolean {
  const { code, errcode, name, message = '' } = (error ?? {}) as { code?: unknown; errcode?: unknown; name?: string; message?: string };
  if (error instanceof RangeError || name === 'DataCloneError' || errcode === 18) return true;
  if (typeof code === 'string' && (/^(22|54)[0-9A-Z]{3}$/.test(code) || code === 'ERR_STRING_TOO_LONG')) return true;
  return error instanceof TypeError && /circular structure|serialize a BigInt|cannot be bound/.test(message);
}
