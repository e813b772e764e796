import type { ClientConfig } from 'pg';
import type { Clock } from '../clock.ts';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`; `?schema=` names the schema */
  url: string;
  /** default `psconnect` */
  schema?: string;
  /** a silent instance's work is taken over after so long; default 15 s */
  leaseMs?: number;
  /** connections for reading; two more are for writing and for keeping the lease */
  readers?: number;
  /** a connection on which a statement is not answered for so long is given up: its network may be dead without a word; default 30 s */
  answerMs?: number;
  /** a file in which this instance keeps the end of the journal too */
  anchor?: { file: string; clock?: Clock };
}

/** Where the shared store is, and how to name it without its password. */
export interface PostgresAddress {
  schema: string;
  /** `db.firm.example:5432/psconnect`: for messages and logs */
  shown: string;
  /** settings of one connection; what its session must be is made sure of by `Sessions` */
  connection(purpose: string): ClientConfig;
}

export function postgresAddress(options: PostgresOptions): PostgresAddress {
  const url = URL.parse(options.url);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw wrong(inWords('STORE_ADDRESS'));
  }
  const schema = options.schema ?? url.searchParams.get('schema') ?? 'psconnect';
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    throw wrong(inWords('STORE_ADDRESS.schema', { schema: schema.slice(0, 60) }));
  }
  url.searchParams.delete('schema');
  knownSecrets.learnAll([decoded(url.password), url.searchParams.get('password') ?? undefined]); // for as long as the process lives
  const connectionString = url.href;
  const { answerMs = 30_000 } = options;
  return {
    schema,
    shown: `${url.hostname || url.searchParams.get('host') || 'localhost'}:${url.port || 5432}${url.pathname}`,
    connection: (purpose) => ({
      connectionString,
      application_name: `ps-connect ${purpose}`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: answerMs,
    }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function wrong(said: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...said, field: 'PSCONNECT_STORE' });
}
