import { randomUUID } from 'node:crypto';
import type { ClientConfig } from 'pg';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { systemClock } from '../clock.ts';
import { JournalAnchor } from '../journal-anchor.ts';
import type { Instances } from '../store/instances.ts';
import type { Opened, StoreLife } from '../store/life.ts';
import { bigints, Connection, driver, Sockets } from './connection.ts';
import { GroupWriter } from './group-writer.ts';
import { instancesOver } from './instances.ts';
import { journalIn, theHead } from './journal-chain.ts';
import { Keeper } from './keeper.ts';
import { migrate } from './migrate.ts';
import { type PostgresAddress, type PostgresOptions, postgresAddress } from './postgres-address.ts';
import { storeFailure } from './postgres-failures.ts';
import { Readers } from './readers.ts';
import { type Read, reader } from './reading.ts';
import { Sessions } from './session.ts';
import { soughtThatLack } from './sought-runs.ts';
import { single, type Transaction, type WriteKind } from './write-kind.ts';

/** Statements of the writer look rows up by index; a planner that has no statistics yet must not read whole tables instead. */
const lookups = { enable_seqscan: 'off', enable_bitmapscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' };

interface OpenParts {
  connection: Connection;
  writer: GroupWriter;
  keeper: Keeper;
  readers: Readers;
}

/** The database while it is open, for one instance of many: its sessions and its lease, on which the store's areas stand. */
export class PostgresDatabase implements StoreLife {
  readonly instances: Instances;
  /** of this process's life; owns runs and leases */
  private readonly instance = randomUUID();
  private readonly address: PostgresAddress;
  private readonly leaseMs: number;
  private readonly mostReaders: number;
  private readonly sessions: Sessions;
  private opened: OpenParts | undefined;
  private readonly sockets = new Sockets();
  private readonly wakeListeners = new Set<() => void>();
  protected readonly read: Read;
  protected readonly journalReading: ReturnType<typeof journalIn>;
  private readonly anchorAt: PostgresOptions['anchor'];
  protected anchor: JournalAnchor | undefined;

  constructor(options: PostgresOptions) {
    this.address = postgresAddress(options);
    this.leaseMs = options.leaseMs ?? 15_000;
    this.mostReaders = options.readers ?? 4;
    this.sessions = new Sessions(this.address);
    this.read = reader(
      () => this.open_.readers,
      (error) => this.failure(error),
    );
    this.journalReading = journalIn(this.read);
    this.anchorAt = options.anchor;
    this.instances = instancesOver({
      instance: this.instance,
      keeper: () => this.open_.keeper,
      keeperIfOpen: () => this.opened?.keeper,
      wakeListeners: this.wakeListeners,
      write: (kind) => this.write(kind, null),
      failure: (error) => this.failure(error),
    });
  }

  private get open_(): OpenParts {
    if (this.opened) return this.opened;
    throw new Failure({ class: 'transient.unavailable', ...inWords('STORE_CLOSED') });
  }

  private failure(error: unknown): Failure {
    return storeFailure(error, this.address.shown);
  }

  async open(now: number): Promise<Opened> {
    try {
      await this.migrate();
      // a process that stops in the middle of a transaction must not hold its locks for longer than others hold still
      const idle_in_transaction_session_timeout = Math.round(Math.min(10_000, Math.max(1_000, this.leaseMs / 3)));
      const { Client, Pool } = await driver();
      const readers = new Readers(
        new Pool({
          ...this.connectionFor('reader'),
          Client,
          max: this.mostReaders,
          types: bigints,
          // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool waits for it, its types do not say so
          onConnect: this.sessions.beginning({ use: 'read' }),
        }),
      );
      const connection = new Connection(
        { ...this.connectionFor('writer'), pipeline: true },
        this.sessions.beginning({ use: 'write', parameters: { ...lookups, idle_in_transaction_session_timeout } }),
        () => readers.renew(),
      );
      const writer = new GroupWriter(
        connection,
        this.instance,
        (error) => this.failure(error),
        () => this.anchor?.grown(),
      );
      const keeperConnection = this.connectionFor('keeper');
      const keeper = new Keeper({
        instance: this.instance,
        schema: this.address.schema,
        shown: this.address.shown,
        leaseMs: this.leaseMs,
        // a lease that cannot be renewed on one connection may be on the next
        connection: { ...keeperConnection, query_timeout: Math.min(this.leaseMs / 2, Number(keeperConnection.query_timeout)) },
        begin: this.sessions.beginning({ use: 'write', parameters: { idle_in_transaction_session_timeout } }),
      });
      keeper.onWake(() => {
        for (const listener of this.wakeListeners) listener();
      });
      this.opened = { connection, writer, keeper, readers };
      const { takenOver, suspects } = await keeper.heartbeat(now);
      this.anchor = this.anchored();
      await this.anchor?.renew(); // what it contradicts is told with the journal's state
      return { recovered: takenOver, suspects };
    } catch (error) {
      await this.close();
      throw this.failure(error);
    }
  }

  async close(): Promise<void> {
    const parts = this.opened;
    this.opened = undefined;
    if (!parts) return;
    await this.sockets.leave(this.sayGoodbye(parts));
  }

  async touch(): Promise<void> {
    await this.do(async (transaction) => {
      await theHead(transaction);
      await transaction.query('UPDATE journal_head SET seq = seq', []);
    });
  }

  protected write<Input, Output>(kind: WriteKind<Input, Output>, input: Input): Promise<Output> {
    return this.open_.writer.write(kind, input);
  }

  /** A rare write, by itself. */
  protected do<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.write(single(work), null);
  }

  /** The same, for what may make a run due: other instances look too. */
  protected async called<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const value = await this.write(single(work), null);
    if (value) this.callOthers();
    return value;
  }

  /** Tells the other instances that there may be something to do. */
  protected callOthers(): void {
    this.opened?.keeper.callOthers();
  }

  /** Whether the lease has not run out meanwhile. */
  protected get holds(): boolean {
    return this.opened?.keeper.holds === true;
  }

  private async sayGoodbye({ writer, keeper, connection, readers }: OpenParts): Promise<void> {
    await writer.idle();
    this.anchor?.close(await this.endBeforeLeaving(readers));
    await keeper.close();
    await Promise.all([connection.close(), readers.end().catch(() => undefined)]);
  }

  private anchored(): JournalAnchor | undefined {
    if (!this.anchorAt) return undefined;
    const { file, clock = systemClock } = this.anchorAt;
    return new JournalAnchor({ file, clock, place: `${this.address.shown} ${this.address.schema}`, reading: this.journalReading });
  }

  /** Undefined when the database does not answer any more: the anchor stays behind, as after a death. */
  private async endBeforeLeaving(readers: Readers): Promise<Parameters<JournalAnchor['close']>[0]> {
    if (!this.anchor) return undefined;
    const read = reader(
      () => readers,
      (error) => error,
    );
    const { heads, hashOf } = journalIn(read);
    const [journal, [head]] = await Promise.all([hashOf(1), heads()]).catch(() => [undefined, []] as const);
    return journal !== undefined && head ? { ...head, journal } : undefined;
  }

  private connectionFor(purpose: string): ClientConfig {
    return { ...this.address.connection(purpose), stream: this.sockets.make };
  }

  private async migrate(): Promise<void> {
    const connection = new Connection(this.connectionFor('migration'), this.sessions.beginning({ use: 'migrate' }));
    try {
      const client = await connection.get();
      await migrate(client, this.address.schema, undefined, this.address.shown);
      await client.query(soughtThatLack);
    } finally {
      await connection.close();
    }
  }
}
