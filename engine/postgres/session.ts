import type { ClientBase } from 'pg';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import type { PostgresAddress } from './postgres-address.ts';

/** What a session is for: only `migrate` may find no schema, and only `read` a database that takes no writes. */
export interface SessionNeeds {
  use: 'migrate' | 'write' | 'read';
  /** settings of the server for this session */
  parameters?: Record<string, string | number>;
}

export type BeginSession = (client: ClientBase) => Promise<void>;

/**
 * Makes each new session of a store what it must be, and refuses it in words where it is not. Nothing is left to the startup packet: an address may
 * have `options` of its own, which would win, and poolers drop or refuse what they do not know (https://www.pgbouncer.org/config.html#ignore_startup_parameters).
 */
export class Sessions {
  private readonly address: Pick<PostgresAddress, 'schema' | 'shown'>;
  /** by the process of the database that serves it */
  private readonly open = new Map<number, ClientBase>();

  constructor(address: Pick<PostgresAddress, 'schema' | 'shown'>) {
    this.address = address;
  }

  beginning({ use, parameters = {} }: SessionNeeds): BeginSession {
    // jit costs more than it saves on short statements
    const settings = Object.entries({ search_path: `"${this.address.schema}"`, client_encoding: 'UTF8', jit: 'off', ...parameters });
    const set = settings.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, false)`).join(', ');
    return async (client) => {
      const first = await client.query<Facts>(`SELECT pg_backend_pid() AS pid, ${set}`, settings.flat().map(String));
      const { rows } = await client.query<Facts>(facts, [`"${this.address.schema}"`]);
      const found = rows[0]!;
      const { pid } = found;
      if (Number(first.rows[0]?.pid) !== Number(pid) || (await this.isServedTwice(client, Number(pid))))
        throw transactionPooler(this.address.shown);
      const wrong = this.wrongWith(found, use);
      if (wrong) throw wrong;
      this.open.set(Number(pid), client);
      client.once('end', () => this.open.get(Number(pid)) === client && this.open.delete(Number(pid)));
    };
  }

  private wrongWith({ encoding, standby, readOnly, schema, there }: Facts, use: SessionNeeds['use']): Failure | undefined {
    const { shown, schema: wanted } = this.address;
    if (encoding !== 'UTF8') return notUtf8(shown, encoding);
    // a standby lags behind: what was read there could be older than what is known
    if (standby || (readOnly && use !== 'read')) return readOnlyDatabase(shown);
    if (schema === wanted || (!there && use === 'migrate')) return undefined;
    return there && schema === null ? noRightsOnSchema(shown, wanted) : otherSchema(shown, wanted, schema);
  }

  /** One process of the database cannot serve two sessions that are both open, unless somebody in between hands it from one to the other. */
  private async isServedTwice(client: ClientBase, pid: number): Promise<boolean> {
    const other = this.open.get(pid);
    if (!other || other === client) return false;
    return other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid').then(
      ({ rows }) => Number(rows[0]?.pid) === pid,
      () => false, // it has ended, and the process was free
    );
  }
}

interface Facts {
  pid: number;
  encoding: string;
  standby: boolean;
  readOnly: boolean;
  schema: string | null;
  there: boolean;
}

const facts = `SELECT pg_backend_pid() AS pid, current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
  current_setting('transaction_read_only') = 'on' AS "readOnly", current_schema() AS schema, to_regnamespace($1) IS NOT NULL AS there`;

const trouble = (said: FailureText) => new Failure({ class: 'transient.unavailable', ...said, field: 'PSCONNECT_STORE' });

const notUtf8 = (address: string, encoding: string) => trouble(inWords('STORE_ENCODING', { address, encoding }));

export const readOnlyDatabase = (address: string) => trouble(inWords('STORE_READ_ONLY', { address }));

const noRightsOnSchema = (address: string, schema: string) => trouble(inWords('STORE_NO_RIGHTS.schema', { address, schema }));

export const otherSchema = (address: string, wanted: string, found: string | null) =>
  trouble(found === null ? inWords('STORE_SCHEMA.gone', { address, wanted }) : inWords('STORE_SCHEMA.other', { address, wanted, found }));

export const transactionPooler = (address: string) => trouble(inWords('STORE_POOLER', { address }));
