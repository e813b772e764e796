import { Failure } from '../../model/failure.ts';
import { storeRefusal } from '../store-refusal.ts';
import { journalBroken, journalFlaw } from '../journal-flaw.ts';

interface Words {
  code: string;
  message: string;
  remedy: string;
}

/** By SQLSTATE or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html), or by Node.js' network codes. `@` is the address. */
const words: [pattern: RegExp, words: Words][] = [
  [
    /^(08...|57P0[1-5]|ECONN\w+|ENOTFOUND|EAI_\w+|EHOST\w+|ENET\w+|ETIMEDOUT|EPIPE|LOST)$/,
    {
      code: 'STORE_UNREACHABLE',
      message: 'The database @ cannot be reached.',
      remedy: 'Nothing is lost and nothing is acknowledged meanwhile; work goes on by itself when it is back.',
    },
  ],
  [
    /^28...$/,
    {
      code: 'STORE_DENIED',
      message: 'The database @ does not accept this user or password.',
      remedy: 'Correct PSCONNECT_STORE, or the rules of the database.',
    },
  ],
  [/^3D000$/, { code: 'STORE_MISSING', message: 'There is no database @.', remedy: 'Create it, or correct PSCONNECT_STORE.' }],
  [
    /^42501$/,
    {
      code: 'STORE_NO_RIGHTS',
      message: 'The user may not work with the store in @.',
      remedy: 'Let the user create a schema there, or make one and grant it to the user.',
    },
  ],
  [
    /^53300$/,
    { code: 'STORE_CROWDED', message: 'The database @ has no connection left.', remedy: 'Raise max_connections, or end others.' },
  ],
  [
    /^(53100|53200|53...)$/,
    { code: 'STORE_FULL', message: 'The database @ is out of room.', remedy: 'Make room; work goes on by itself.' },
  ],
  [
    /^25006$/,
    {
      code: 'STORE_READ_ONLY',
      message: 'The database @ is read-only: a standby, or one that is being moved.',
      remedy: 'Point PSCONNECT_STORE to the primary; work goes on by itself when it takes writes.',
    },
  ],
];

/** What a statement that waited for others may meet; done again it works. `23505` on this index: another instance was first. */
export function worthRepeating(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '40001' || code === '40P01' || (code === '23505' && constraint === 'runs_one_of_a_key') || isOfOlderSchema(error);
}

/** The connection is gone, or cannot be trusted any more. */
export function connectionLost(error: unknown): boolean {
  return words[0]![0].test(codeOf(error)) || isOfOlderSchema(error);
}

/** A newer version added columns under the statements that the connection has prepared. */
function isOfOlderSchema(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === '0A000' && /cached plan/.test(message ?? '');
}

/** A database error in the administrator's words; never with the password, which is in no message of the driver. */
export function storeFailure(error: unknown, address: string): Failure {
  if (Failure.is(error)) return error;
  const refusal = storeRefusal(error);
  if (refusal) return refusal;
  const code = codeOf(error);
  const { constraint, detail } = error as { constraint?: string; detail?: string };
  // `Key (seq)=(12) already exists.`, in any language: a line that the product has not written stands where its next one goes
  if (code === '23505' && constraint === 'journal_pkey')
    return journalBroken(journalFlaw('beyond', Number(/\((\d+)\)/.exec(detail ?? '')?.[1])));
  const known = words.find(([pattern]) => pattern.test(code))?.[1] ?? {
    code: 'STORE_ERROR',
    message: `The database @ failed: ${error instanceof Error ? error.message : String(error)}`,
    remedy: 'See the log of the database.',
  };
  return new Failure({ class: 'transient.unavailable', ...known, message: known.message.replace('@', address) }, { cause: error });
}

/** The driver throws plain errors without a code when a connection ends under a query or does not come about. */
function codeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code) return code;
  return /connection|timeout|not queryable|client was closed|client has/i.test(message ?? '') ? 'LOST' : '';
}
