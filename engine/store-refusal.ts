import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';

/**
 * What a store says of a value that it cannot take, whoever noticed it: V8 (deeper than its stack is high, longer than a text can be, a function, a value that
 * holds itself) or the database. Undefined = something else is wrong. It concerns one call, and says nothing about the store.
 */
export function storeRefusal(error: unknown): Failure | undefined {
  if (Failure.is(error) || !isAboutData(error)) return undefined;
  return new Failure({ class: 'contract.invalid', ...saidOf(error) }, { cause: error });
}

/** The database names what is wrong with the data by its code (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function saidOf(error: unknown) {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  if (code === '22P05' || code === '22021') return inWords('DATA_NOT_STORABLE.character');
  if (errcode === 18 || (typeof code === 'string' && code.startsWith('54'))) return inWords('DATA_NOT_STORABLE.limit');
  return inWords('DATA_NOT_STORABLE.shape');
}

/** SQLSTATE 22 (wrong data) and 54 (a limit of the database); SQLite's TOOBIG. */
function isAboutData(error: unknown): boolean {
  const { code, errcode, name, message = '' } = (error ?? {}) as { code?: unknown; errcode?: unknown; name?: string; message?: string };
  if (error instanceof RangeError || name === 'DataCloneError' || errcode === 18) return true;
  if (typeof code === 'string' && (/^(22|54)[0-9A-Z]{3}$/.test(code) || code === 'ERR_STRING_TOO_LONG')) return true;
  return error instanceof TypeError && /circular structure|serialize a BigInt|cannot be bound/.test(message);
}
