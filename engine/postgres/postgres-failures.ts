import { Failure } from '../../model/failure.ts';
import { journalBroken, journalFlaw } from '../journal-flaw.ts';
import { storeRefusal } from '../store-refusal.ts';
import { readOnlyDatabase } from './session.ts';

interface Words {
  code: string;
  message: string;
  remedy: string;
}

/** Said where it goes on without anybody's doing anything here. */
const goesOn = 'Nothing is lost and nothing is acknowledged meanwhile; work goes on by itself when it is back.';
const triedAgain = 'It is tried again every few seconds.';

const unreachable: Words = { code: 'STORE_UNREACHABLE', message: 'The database @ cannot be reached.', remedy: goesOn };

/**
 * By SQLSTATE or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html), by the codes of Node.js, or by `kindOf` where there is none.
 * `@` is the address, `…` what the other side said itself.
 */
const words: [pattern: RegExp, words: Words][] = [
  [/^(08...|57P0[1-5]|25P0[34]|ECONN\w+|ENOTFOUND|EAI_\w+|EHOST\w+|ENET\w+|ETIMEDOUT|EPIPE|ENOENT|EACCES|EPERM|LOST)$/, unreachable],
  [/^POOLER-BUSY$/, { code: 'STORE_UNREACHABLE', message: 'The pooler in front of the database @ gives no session: …', remedy: goesOn }],
  [
    /^POOLER$/,
    {
      code: 'STORE_POOLER',
      message: 'The database @, or a pooler in front of it, refuses the connection: …',
      remedy: `Look into the settings and the log of the pooler (PgBouncer): it has to know this database and user, to take the parameters in PSCONNECT_STORE (ignore_startup_parameters), and to pool whole sessions. ${triedAgain}`,
    },
  ],
  [
    /^(26000|42P05)$/,
    {
      code: 'STORE_POOLER',
      message: 'A session with the database @ has lost what was prepared in it: a pooler gives it to others, too.',
      remedy: `Let the pooler keep whole sessions (PgBouncer: pool_mode = session), or name the database itself in PSCONNECT_STORE. ${triedAgain}`,
    },
  ],
  [
    /^CERT_HAS_EXPIRED$/,
    {
      code: 'STORE_CERTIFICATE',
      message: 'The certificate of the database @ has expired.',
      remedy: `Renew it on the database. ${triedAgain}`,
    },
  ],
  [
    /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    {
      code: 'STORE_CERTIFICATE',
      message: 'The certificate of the database @ is for another name: …',
      remedy: `Write the name that is in the certificate into PSCONNECT_STORE, or give the database a certificate for this one. ${triedAgain}`,
    },
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|INVALID_CA|ERR_SSL_\w*CERT\w*|ERR_SSL_\w*UNKNOWN_CA)$/,
    {
      code: 'STORE_CERTIFICATE',
      message: 'The certificate of the database @ is not accepted: …',
      remedy: `Name the certificate of the authority that signed it in PSCONNECT_STORE: sslmode=verify-full&sslrootcert=/path/ca.pem. ${triedAgain}`,
    },
  ],
  [
    /^FILE$/,
    {
      code: 'STORE_FILE',
      message: 'A file that PSCONNECT_STORE names cannot be used: …',
      remedy: `Correct sslrootcert, sslcert or sslkey in the address, or make the file readable for the Node-RED user, in PEM. ${triedAgain}`,
    },
  ],
  [
    /^(NO-TLS|EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|ERR_OSSL_\w+)$/,
    {
      code: 'STORE_TLS',
      message: 'No encrypted connection with the database @ comes about: …',
      remedy: `Switch TLS on in the database (ssl = on), or leave sslmode out of PSCONNECT_STORE where the network is safe. ${triedAgain}`,
    },
  ],
  [
    /^(28P01|SASL)$/,
    {
      code: 'STORE_DENIED',
      message: 'The database @ does not accept this user or password.',
      remedy: `Correct user and password in PSCONNECT_STORE. ${triedAgain}`,
    },
  ],
  [
    /^28...$/,
    {
      code: 'STORE_DENIED',
      message: 'The database @ does not let this user in: …',
      remedy: `Correct PSCONNECT_STORE (user, TLS by sslmode=verify-full), or the rules of the database (pg_hba.conf). ${triedAgain}`,
    },
  ],
  [
    /^3D000$/,
    { code: 'STORE_MISSING', message: 'There is no database @.', remedy: `Create it, or correct PSCONNECT_STORE. ${triedAgain}` },
  ],
  [
    /^42501$/,
    {
      code: 'STORE_NO_RIGHTS',
      message: 'The user may not work with the store in @: …',
      remedy: `Let the user create a schema there, or make one and grant it to the user (PSCONNECT_SCHEMA). ${triedAgain}`,
    },
  ],
  [
    /^(3F000|42P01)$/,
    {
      code: 'STORE_SCHEMA',
      message: 'The tables of the store are not where they were in @: …',
      remedy: 'Restore the schema from a backup. Without it, a restart of Node-RED begins with an empty store.',
    },
  ],
  [
    /^53300$/,
    {
      code: 'STORE_CROWDED',
      message: 'The database @ has no connection left.',
      remedy: 'Raise max_connections or the limit of the role, or end others; work goes on by itself when there is one.',
    },
  ],
  [
    /^53200$/,
    {
      code: 'STORE_FULL',
      message: 'The database @ is out of memory.',
      remedy: 'Give it more, or less to do at once; work goes on by itself.',
    },
  ],
  [/^53...$/, { code: 'STORE_FULL', message: 'The database @ is out of room.', remedy: 'Make room; work goes on by itself.' }],
  [
    /^(57014|55P03)$/,
    {
      code: 'STORE_SLOW',
      message: 'The database @ has ended a statement that took longer than is allowed: …',
      remedy: 'Raise statement_timeout or lock_timeout of the role or in PSCONNECT_STORE, if this comes often; work goes on by itself.',
    },
  ],
];

/** What a statement that waited for others may meet; done again it works. `23505` on this index: another instance was first. */
export function worthRepeating(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '40001' || code === '40P01' || (code === '23505' && constraint === 'runs_one_of_a_key') || isOfOlderSchema(error);
}

/**
 * The connection is gone, or cannot be trusted any more. A session that may only read stays so for as long as it lives, also when the database
 * behind its address takes writes again; one that a pooler has given to others is not ours.
 */
export function connectionLost(error: unknown): boolean {
  const code = kindOf(error);
  return words[0]![0].test(code) || /^(25006|26000|42P05|STORE_POOLER)$/.test(code) || isOfOlderSchema(error);
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
  const code = kindOf(error);
  if (code === '25006') return readOnlyDatabase(address);
  const { constraint, detail } = error as { constraint?: string; detail?: string };
  // `Key (seq)=(12) already exists.`, in any language: a line that the product has not written stands where its next one goes
  if (code === '23505' && constraint === 'journal_pkey')
    return journalBroken(journalFlaw('beyond', Number(/\((\d+)\)/.exec(detail ?? '')?.[1])));
  const said = error instanceof Error ? error.message : String(error);
  const known = words.find(([pattern]) => pattern.test(code))?.[1] ?? {
    code: 'STORE_ERROR',
    message: 'The database @ failed: …',
    remedy: 'See the log of the database.',
  };
  const message = known.message.replace('@', () => address).replace('…', () => `${withoutEnd(said)}.`);
  return new Failure({ class: 'transient.unavailable', ...known, message }, { cause: error });
}

/** Without the signs at its end, after which a sentence could not end. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '.:'.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Its code; or, where several things have the same one or none, what it is. The driver and PgBouncer speak English only. */
function kindOf(error: unknown): string {
  const { code = '', message = '', syscall } = (error ?? {}) as { code?: string; message?: string; syscall?: string };
  // PgBouncer has this one code for nearly everything
  if (code === '08P01')
    return /server_login_retry|timeout|no more connections|connect to server|shutting down/i.test(message) ? 'POOLER-BUSY' : 'POOLER';
  if (syscall === 'open' || code === 'EISDIR' || /^ERR_OSSL_(PEM|ASN1|X509)/.test(code)) return 'FILE';
  if (code) return code;
  if (/SSL|sslmode/.test(message)) return 'NO-TLS';
  if (/^SASL|password/i.test(message)) return 'SASL';
  return /connection|timeout|not queryable|client was closed|client has/i.test(message) ? 'LOST' : '';
}
