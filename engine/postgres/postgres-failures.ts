import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import { journalBroken } from '../journal-flaw.ts';
import { storeRefusal } from '../store-refusal.ts';
import { readOnlyDatabase } from './session.ts';

type Say = (gaps: { address: string; said: string }) => FailureText;

const unreachable: Say = ({ address }) => inWords('STORE_UNREACHABLE', { address });

/**
 * By SQLSTATE or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html), by the codes of Node.js, or by `kindOf` where there is none.
 * `said` is what the other side said itself.
 */
const words: [pattern: RegExp, say: Say][] = [
  [/^(08...|57P0[1-5]|25P0[34]|ECONN\w+|ENOTFOUND|EAI_\w+|EHOST\w+|ENET\w+|ETIMEDOUT|EPIPE|ENOENT|EACCES|EPERM|LOST)$/, unreachable],
  [/^POOLER-BUSY$/, ({ address, said }) => inWords('STORE_UNREACHABLE.pooler', { address, said })],
  [/^POOLER$/, ({ address, said }) => inWords('STORE_POOLER.refused', { address, said })],
  [/^(26000|42P05)$/, ({ address }) => inWords('STORE_POOLER.lost', { address })],
  [/^CERT_HAS_EXPIRED$/, ({ address }) => inWords('STORE_CERTIFICATE.expired', { address })],
  [/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, ({ address, said }) => inWords('STORE_CERTIFICATE.name', { address, said })],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|INVALID_CA|ERR_SSL_\w*CERT\w*|ERR_SSL_\w*UNKNOWN_CA)$/,
    ({ address, said }) => inWords('STORE_CERTIFICATE', { address, said }),
  ],
  [/^FILE$/, ({ said }) => inWords('STORE_FILE', { said })],
  [/^(NO-TLS|EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|ERR_OSSL_\w+)$/, ({ address, said }) => inWords('STORE_TLS', { address, said })],
  [/^(28P01|SASL)$/, ({ address }) => inWords('STORE_DENIED.password', { address })],
  [/^28...$/, ({ address, said }) => inWords('STORE_DENIED', { address, said })],
  [/^3D000$/, ({ address }) => inWords('STORE_MISSING', { address })],
  [/^42501$/, ({ address, said }) => inWords('STORE_NO_RIGHTS', { address, said })],
  [/^(3F000|42P01)$/, ({ address, said }) => inWords('STORE_SCHEMA', { address, said })],
  [/^53300$/, ({ address }) => inWords('STORE_CROWDED', { address })],
  [/^53200$/, ({ address }) => inWords('STORE_FULL.memory', { address })],
  [/^53...$/, ({ address }) => inWords('STORE_FULL', { address })],
  [/^(57014|55P03)$/, ({ address, said }) => inWords('STORE_SLOW', { address, said })],
];
const otherwise: Say = ({ address, said }) => inWords('STORE_ERROR', { address, said });

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
  if (code === '23505' && constraint === 'journal_pkey') return journalBroken('beyond', Number(/\((\d+)\)/.exec(detail ?? '')?.[1]));
  const said = error instanceof Error ? error.message : String(error);
  const say = words.find(([pattern]) => pattern.test(code))?.[1] ?? otherwise;
  return new Failure({ class: 'transient.unavailable', ...say({ address, said: withoutEnd(said) }) }, { cause: error });
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
