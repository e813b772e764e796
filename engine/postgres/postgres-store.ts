import { randomUUID } from 'node:crypto';
import type { ClientConfig } from 'pg';
import { Failure, type FailureClass, type FailureDetails } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import { systemClock } from '../clock.ts';
import type { JournalLine } from '../journal.ts';
import { JournalAnchor } from '../journal-anchor.ts';
import type { JournalFlaw } from '../journal-flaw.ts';
import { acceptedLine, type JournalState, journalFlawOf, journalStateOf } from '../journal-state.ts';
import { effectOf, failedAttemptOf, journalLineOf, reconciliationOf, runOf } from '../sqlite/rows.ts';
import { acceptRuns } from './accept-runs.ts';
import type { Act } from '../store/act.ts';
import type { Effect, SentAgain } from '../store/effects.ts';
import type { Instances } from '../store/instances.ts';
import type { OpenFigures, Opened, ReconciliationRecord, Store } from '../store.ts';
import type { Run, RunFilter, RunId, Standing } from '../store/runs.ts';
import { bigints, Connection, driver, Sockets } from './connection.ts';
import { finishEffects, intendEffectAgain, intendEffects } from './effect-writes.ts';
import { PostgresWaiting, type StoreParts } from './waiting-writes.ts';
import { GroupWriter } from './group-writer.ts';
import { journalIn, theHead } from './journal-chain.ts';
import { Keeper } from './keeper.ts';
import { borrowCredential, forgetCredential, returnCredential } from './kept-credentials.ts';
import { migrate } from './migrate.ts';
import { readOpenFigures, readStanding } from './open-figures.ts';
import { endByPerson, noteLines, replayRun } from './person-writes.ts';
import { type PostgresAddress, type PostgresOptions, postgresAddress } from './postgres-address.ts';
import { storeFailure } from './postgres-failures.ts';
import { countRuns, type Read, reader, readNextDue, readRuns } from './reading.ts';
import { claimRuns, endRuns, overtakeRuns, parkRuns, releaseRuns, retryRuns } from './run-writes.ts';
import { Readers } from './readers.ts';
import { Sessions } from './session.ts';
import { forgetRuns, hastenRuns, reclaimRuns } from './upkeep-writes.ts';
import { single } from './write-kind.ts';

/** Statements of the writer look rows up by index; a planner that has no statistics yet must not read whole tables instead. */
const lookups = { enable_seqscan: 'off', enable_bitmapscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' };

interface OpenParts {
  connection: Connection;
  writer: GroupWriter;
  keeper: Keeper;
  readers: Readers;
}

/** The shared store: one PostgreSQL schema for any number of instances. */
export class PostgresStore extends PostgresWaiting implements Store {
  readonly instances: Instances = this.instanceCalls();
  /** of this process's life; owns runs and leases */
  private readonly instance = randomUUID();
  private readonly address: PostgresAddress;
  private readonly leaseMs: number;
  private readonly mostReaders: number;
  private readonly sessions: Sessions;
  private readonly kinds = {
    accept: acceptRuns(this.instance),
    claim: claimRuns(this.instance),
    intend: intendEffects(this.instance),
    finish: finishEffects(this.instance),
  };
  private opened: OpenParts | undefined;
  private readonly sockets = new Sockets();
  private readonly wakeListeners = new Set<() => void>();
  private readonly read: Read;
  private readonly journalReading: ReturnType<typeof journalIn>;
  private readonly anchorAt: PostgresOptions['anchor'];
  private anchor: JournalAnchor | undefined;

  constructor(options: PostgresOptions) {
    super();
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
  }

  private get open_(): NonNullable<PostgresStore['opened']> {
    if (this.opened) return this.opened;
    throw new Failure({
      class: 'transient.unavailable',
      code: 'STORE_CLOSED',
      message: 'The store is not open.',
      remedy: 'Restart Node-RED.',
    });
  }

  protected override parts(): StoreParts {
    return { read: this.read, write: (kind) => this.write(kind, null), call: () => this.open_.keeper.callOthers() };
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
      await migrate(await connection.get(), this.address.schema, undefined, this.address.shown);
    } finally {
      await connection.close();
    }
  }

  private instanceCalls(): Instances {
    const asStore = <T>(work: Promise<T>) =>
      work.catch((error: unknown) => {
        throw this.failure(error);
      });
    return {
      heartbeat: async (now) => asStore(this.open_.keeper.heartbeat(now)),
      lease: async (source) => asStore(this.open_.keeper.lease(source)),
      unlease: async (source) => this.opened?.keeper.unlease(source).catch(() => undefined), // it runs out by itself
      onWake: (listener) => {
        this.wakeListeners.add(listener);
        return () => this.wakeListeners.delete(listener);
      },
      reclaim: async (active, now) => {
        const count = await this.write(reclaimRuns(this.instance, active, now), null);
        if (count > 0) this.opened?.keeper.callOthers();
        return count;
      },
    };
  }

  private get write(): GroupWriter['write'] {
    const { writer } = this.open_;
    return (kind, input) => writer.write(kind, input);
  }

  async accept(input: Parameters<Store['accept']>[0]) {
    const result = await this.write(this.kinds.accept, input);
    if (result.accepted.length > 0) this.opened?.keeper.callOthers();
    return result;
  }

  async cursor(source: string): Promise<Json | undefined> {
    const [row] = await this.read('SELECT value FROM cursors WHERE source = $1', [source]);
    return row && (JSON.parse(String(row['value'])) as Json);
  }

  async claim(input: Parameters<Store['claim']>[0]): Promise<Run[]> {
    if (input.entries.length === 0 || input.limit <= 0) return [];
    const runs = await this.write(this.kinds.claim, input);
    if (runs.length === input.limit) this.opened?.keeper.callOthers(); // this instance is full; there may be more
    return runs;
  }

  nextDue(entries: string[], now: number): Promise<number | undefined> {
    return readNextDue(this.read, entries, now);
  }

  async done(run: RunId, token: number, now: number): Promise<boolean> {
    return this.write(endRuns, { run, token, now });
  }

  async retry(run: RunId, token: number, failed: Parameters<Store['retry']>[2], now: number): Promise<boolean> {
    return this.write(retryRuns, { run, token, now, ...failed });
  }

  async park(run: RunId, token: number, failed: Parameters<Store['park']>[2], now: number): Promise<boolean> {
    return this.write(parkRuns, { run, token, now, ...failed });
  }

  async overtaken(run: RunId, token: number, failure: FailureDetails, now: number): Promise<boolean> {
    return this.write(overtakeRuns, { run, token, failure, now });
  }

  async release(run: RunId, token: number, now: number): Promise<boolean> {
    const released = await this.write(releaseRuns, { run, token, now });
    if (released) this.opened?.keeper.callOthers();
    return released;
  }

  async intend(effect: Parameters<Store['intend']>[0], token: number, now: number): Promise<Effect | undefined> {
    const before = await this.write(this.kinds.intend, { effect, token, now });
    this.mustHold();
    return before;
  }

  async intendAgain(key: string, run: RunId, token: number, now: number, what: SentAgain): Promise<void> {
    await this.write(intendEffectAgain(this.instance, { key, run, token, now, ...what }), null);
    this.mustHold();
  }

  /** The intent is committed, but before the answer came the lease ran out (this process was stopped): another may be sending. */
  private mustHold(): void {
    if (this.opened?.keeper.holds) return;
    throw new Failure({
      class: 'transient.unavailable',
      code: 'LEASE_RAN_OUT',
      message: 'This instance was silent for longer than its lease; another may have taken the run over.',
      remedy: 'Nothing to do: the run is delivered again.',
    });
  }

  async finishEffect(key: string, outcome: Parameters<Store['finishEffect']>[1], now: number): Promise<void> {
    return this.write(this.kinds.finish, { key, outcome, now });
  }

  async run(id: RunId): Promise<Run | undefined> {
    const [row] = await this.read('SELECT * FROM runs WHERE id = $1', [id]);
    return row && runOf(row);
  }

  runs(filter: RunFilter): Promise<Run[]> {
    return readRuns(this.read, filter);
  }

  counts() {
    return countRuns(this.read);
  }

  standing(): Promise<Standing[]> {
    return readStanding(this.read);
  }

  openFigures(): Promise<OpenFigures> {
    return readOpenFigures(this.read);
  }

  async effects(run: RunId): Promise<Effect[]> {
    return (await this.read('SELECT * FROM effects WHERE run = $1 ORDER BY intended_at, business', [run])).map(effectOf);
  }

  async effectsInDoubt(limit: number): Promise<Effect[]> {
    return (await this.read(`SELECT * FROM effects WHERE status = 'in-doubt' ORDER BY intended_at LIMIT $1`, [limit])).map(effectOf);
  }

  async failedAttempts(run: RunId) {
    return (await this.read('SELECT * FROM failed_attempts WHERE run = $1 ORDER BY at, attempt', [run])).map(failedAttemptOf);
  }

  async replay(run: RunId, act: Act & { data?: Json; at?: number }, now: number): Promise<boolean> {
    const replayed = await this.write(replayRun(run, act, now), null);
    if (replayed) this.opened?.keeper.callOthers();
    return replayed;
  }

  async discard(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.write(endByPerson(run, ['dead'], 'run.discarded', act, now), null);
  }

  async cancel(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.write(endByPerson(run, ['ready', 'waiting', 'running'], 'run.cancelled', act, now), null);
  }

  async note(line: Parameters<Store['note']>[0], now: number): Promise<void> {
    return this.write(noteLines, { line, now });
  }

  async journal({ after = 0, limit, subject }: Parameters<Store['journal']>[0]): Promise<JournalLine[]> {
    const rows =
      subject === undefined
        ? await this.read('SELECT * FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2', [after, limit])
        : await this.read('SELECT * FROM journal WHERE subject = $3 AND seq > $1 ORDER BY seq LIMIT $2', [after, limit, subject]);
    return rows.map(journalLineOf);
  }

  verifyJournal(): Promise<JournalFlaw | undefined> {
    return journalFlawOf(this.journalReading, this.anchor);
  }

  journalState(): Promise<JournalState> {
    return journalStateOf(this.journalReading, this.anchor);
  }

  async acceptJournal(act: Act, now: number): Promise<boolean> {
    const line = await acceptedLine(this.journalReading, this.anchor, act);
    if (!line) return false;
    await this.note(line, now);
    await this.anchor?.accept();
    return true;
  }

  async saveReconciliation({ id, at, node, subject, result }: ReconciliationRecord): Promise<void> {
    await this.write(
      single((transaction) =>
        transaction.query('INSERT INTO reconciliations (id, at, node, subject, result) VALUES ($1, $2, $3, $4, $5)', [
          id,
          at,
          node,
          subject,
          JSON.stringify(result),
        ]),
      ),
      null,
    );
  }

  async reconciliations(limit: number): Promise<ReconciliationRecord[]> {
    return (await this.read('SELECT * FROM reconciliations ORDER BY at DESC LIMIT $1', [limit])).map(reconciliationOf);
  }

  async touch(): Promise<void> {
    await this.write(
      single(async (transaction) => {
        await theHead(transaction);
        await transaction.query('UPDATE journal_head SET seq = seq', []);
      }),
      null,
    );
  }

  async forget(before: number, limit: number): Promise<number> {
    return this.write(forgetRuns(before, limit), null);
  }

  async hasten(classes: FailureClass[], now: number): Promise<number> {
    const count = await this.write(hastenRuns(classes, now), null);
    if (count > 0) this.opened?.keeper.callOthers();
    return count;
  }

  async saveRevision(revision: string, flows: Json, now: number): Promise<void> {
    await this.write(
      single((transaction) =>
        transaction.query('INSERT INTO revisions (revision, flows, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
          revision,
          JSON.stringify(flows),
          now,
        ]),
      ),
      null,
    );
  }

  async borrowCredential(id: string, holder: string, ms: number): Promise<{ sealed?: string } | undefined> {
    return this.write(borrowCredential(id, holder, ms), null);
  }

  async returnCredential(id: string, holder: string, sealed: string | undefined, now: number): Promise<boolean> {
    return this.write(returnCredential(id, holder, sealed, now), null);
  }

  async forgetCredential(id: string): Promise<void> {
    return this.write(forgetCredential(id), null);
  }
}
