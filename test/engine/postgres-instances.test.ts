import 'should';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import should from 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import { systemClock } from '../../engine/clock.ts';
import { Engine } from '../../engine/engine.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { until } from '../until.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { deal } from './sample-events.ts';

const entry = { id: 'in', flow: 'tab', policy: defaultPolicy };
const page = { entry: 'in', flow: 'tab', severity: 'normal' as const };

describe('Several instances over one PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let schemas = 0;
  let schema: string;
  let closing: (() => unknown)[] = [];

  before(async () => {
    database = await startPostgres(['-c', 'fsync=off']);
  });
  after(() => database.remove());
  beforeEach(() => {
    schema = `several_${++schemas}`;
  });
  afterEach(async () => {
    for (const close of closing.reverse()) await close();
    closing = [];
  });

  const openStore = async (leaseMs = 60_000) => {
    const store = new PostgresStore({ url: database.url, schema, leaseMs });
    await store.open(Date.now());
    closing.push(() => store.close());
    return store;
  };

  const openEngine = async (deliver: (active: ActiveRun) => void, { leaseMs = 60_000, concurrency = 64, policy = defaultPolicy } = {}) => {
    const store = new PostgresStore({ url: database.url, schema, leaseMs });
    const engine = new Engine({ store, instances: store.instances, clock: systemClock, concurrency });
    engine.register({ ...entry, policy, deliver });
    await engine.open();
    closing.push(() => engine.close());
    return engine;
  };

  const openProcess = async (leaseMs: number) => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('postgres-child.ts', import.meta.url)), database.url, schema, `${leaseMs}`],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    closing.push(() => end(child));
    const said: Record<string, unknown>[] = [];
    const waiting = new Set<() => void>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(JSON.parse(line) as Record<string, unknown>);
      for (const look of waiting) look();
    });
    /** the first line that it has said, or will say, with these values */
    const says = (wanted: Record<string, unknown>) =>
      new Promise<Record<string, unknown>>((resolve) => {
        const look = () => {
          const found = said.find((line) => Object.entries(wanted).every(([name, value]) => line[name] === value));
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    await says({ open: true });
    return { child, said, says };
  };

  describe('deliver', () => {
    it('each of 10,000 runs of 200 keys once, in order of arrival within its key, one at a time of each key', async () => {
      const delivered = new Map<string, number>();
      const underWay = new Set<string>();
      const last = new Map<string, number>();
      const faults: string[] = [];
      const by = [0, 0, 0, 0];
      let ended = 0;
      let allDone: () => void;
      const done = new Promise<void>((resolve) => {
        allDone = resolve;
      });
      const engines = await Promise.all(
        by.map((_, index) =>
          openEngine((active) => {
            const { id, key } = active.run.event;
            by[index]!++;
            delivered.set(id, (delivered.get(id) ?? 0) + 1);
            if (underWay.has(key)) faults.push(`${id}: another run of ${key} is under way`);
            if (active.run.seq < (last.get(key) ?? 0)) faults.push(`${id}: after a later run of ${key}`);
            underWay.add(key);
            last.set(key, active.run.seq);
            active.enter('node', systemClock.now());
            setImmediate(() => {
              underWay.delete(key);
              active.leave('node', systemClock.now());
            });
          }),
        ),
      );
      for (const engine of engines) {
        engine.on('ended', (_run, status) => {
          if (status !== 'done') faults.push(`ended as ${status}`);
          if (++ended === 10_000) allDone();
        });
        engine.start();
      }
      for (let from = 0; from < 10_000; from += 500) {
        const events = Array.from({ length: 500 }, (_, index) => deal(`E${from + index}`, `K${(from + index) % 200}`));
        await engines[(from / 500) % 4]!.accept(entry, events);
      }
      await done;
      faults.should.deepEqual([]);
      delivered.size.should.equal(10_000);
      [...delivered.values()].filter((times) => times !== 1).should.deepEqual([]);
      (await engines[0]!.store.counts()).should.containEql({ done: 10_000, ready: 0, running: 0 });
      by.filter((count) => count > 0).length.should.be.above(1, `deliveries by instance: ${by}`);
    });

    it('no more of an entry at once than its policy allows all of them together, and one alone as many', async () => {
      const policy = { ...defaultPolicy, concurrency: 3 };
      let underWay = 0;
      let most = 0;
      let ended = 0;
      const deliver = (active: ActiveRun) => {
        most = Math.max(most, ++underWay);
        active.enter('node', systemClock.now());
        setTimeout(() => {
          underWay--;
          active.leave('node', systemClock.now());
        }, 5);
      };
      const engines = [
        await openEngine(deliver, { leaseMs: 3_000, policy }),
        await openEngine(deliver, { leaseMs: 3_000, policy }),
      ] as const;
      const alive = (count: number) =>
        until(
          () => engines[0].instancesAlive === count,
          () => `${engines[0].instancesAlive} are alive`,
        );
      const play = async (name: string) => {
        [most, ended] = [0, 0];
        await engines[0].accept(
          entry,
          Array.from({ length: 60 }, (_, index) => deal(`${name}${index}`, `${name}${index}`)),
        );
        await until(
          () => ended === 60,
          () => `${ended} of 60 have ended`,
        );
      };
      for (const engine of engines) {
        engine.on('ended', () => ended++);
        engine.start();
      }
      await alive(2);
      await play('together');
      most.should.be.belowOrEqual(3);
      await engines[1].close();
      await alive(1);
      await play('alone');
      most.should.equal(3);
    });

    it('no two runs of a key at once when an earlier one appears late', async () => {
      const [a, b] = [await openStore(), await openStore()];
      const late = new pg.Client({ connectionString: `${database.url}?options=-c%20search_path%3D${schema}` });
      await late.connect();
      closing.push(() => late.end());
      await late.query('BEGIN');
      await late.query(
        `INSERT INTO runs (id, entry, flow, key, event_source, event_id, subject, event, status, available_at, severity, created_at, updated_at)
         VALUES ('early', 'in', 'tab', 'K', 's', 'early', 'K', $1, 'ready', 1, 'normal', 1, 1)`,
        [JSON.stringify(deal('early', 'K'))],
      );
      await a.accept({ ...page, events: [deal('later', 'K')], now: 1 });
      const claim = (store: PostgresStore) => store.claim({ entries: ['in'], limit: 5, now: 2, revision: '' });
      const [later] = await claim(a);
      later!.event.id.should.equal('later');
      await late.query('COMMIT');
      (await claim(b)).should.deepEqual([]);
      await database
        .query(`UPDATE ${schema}.runs SET status = 'running' WHERE id = 'early'`)
        .should.be.rejectedWith({ constraint: 'runs_one_of_a_key' });
      await a.done(later!.id, later!.token, 3);
      (await claim(b)).map((run) => run.event.id).should.deepEqual(['early']);
    });

    it('a run that answers a request where the request came in, and anywhere once that instance is gone', async () => {
      const [a, b] = [await openStore(), await openStore()];
      await a.accept({ ...page, events: [deal('A')], here: true, now: 1 });
      const claim = (store: PostgresStore) => store.claim({ entries: ['in'], limit: 5, now: 2, revision: '' });
      (await claim(b)).should.deepEqual([]);
      const [run] = await claim(a);
      await a.release(run!.id, run!.token, 3);
      (await claim(b)).should.deepEqual([]);
      await a.close();
      (await claim(b)).map((next) => next.event.id).should.deepEqual(['A']);
    });

    it('what one of them has no room for, at once', async () => {
      let taken: (event: string) => void = () => undefined;
      const takenByOther = new Promise<string>((resolve) => {
        taken = resolve;
      });
      const full = await openEngine((active) => active.enter('node', systemClock.now()), { concurrency: 1 });
      const other = await openEngine((active) => taken(active.run.event.id), { concurrency: 1 });
      full.start();
      const delivered = once(full, 'delivered');
      await full.accept(entry, [deal('A')]);
      await delivered;
      other.start(); // its next look by itself is 20 s away
      const asked = performance.now();
      await full.accept(entry, [deal('B')]);
      (await takenByOther).should.equal('B');
      (performance.now() - asked).should.be.below(10_000);
    });
  });

  describe('take over', () => {
    const takeOver = async (leaseMs: number) => {
      const { child, says } = await openProcess(leaseMs);
      const taken: string[] = [];
      const engine = await openEngine(
        (active) => {
          taken.push(active.run.event.id);
        },
        { leaseMs },
      );
      await engine.accept(entry, [deal('A'), deal('B')]);
      await Promise.all([says({ delivered: 'A' }), says({ delivered: 'B' })]);
      engine.start();
      const killed = performance.now();
      child.kill('SIGKILL');
      const [runs] = await once(engine, 'takenOver');
      const took = performance.now() - killed;
      should(runs).equal(2);
      while (taken.length < 2) await once(engine, 'delivered');
      taken.sort().should.deepEqual(['A', 'B']);
      await engine.close();
      return took;
    };

    it('the runs of an instance that was killed, within its lease time', async () => {
      const leaseMs = 1_500;
      let took = Number.POSITIVE_INFINITY;
      // of a busy machine one of three moments is quiet
      for (let tries = 0; tries < 3 && took > leaseMs + 1_000; tries++) {
        schema = `several_${++schemas}`;
        took = await takeOver(leaseMs);
      }
      took.should.be.below(leaseMs + 1_000);
    });

    it('the run of an instance that froze: its late write is refused, it notices, and goes on', async () => {
      const leaseMs = 2_000;
      const { child, said, says } = await openProcess(leaseMs);
      const sent: string[] = [];
      const engine = await openEngine(
        (active) => {
          active.enter('erp', systemClock.now());
          void engine
            .effectsFor(active, 'erp', 'netsuite')
            .write({
              key: `job ${active.run.event.id}`,
              title: 'Project',
              settle: 'probe',
              request: {},
              probe: async () => undefined,
              send: async () => {
                sent.push(active.run.event.id);
                return 'made';
              },
            })
            .finally(() => active.leave('erp', systemClock.now()));
        },
        { leaseMs },
      );
      await engine.accept(entry, [deal('A')]);
      await says({ delivered: 'A' });
      child.kill('SIGSTOP');
      engine.start();
      const [run, status] = await once(engine, 'ended');
      should(status).equal('done');
      engine.pause();
      child.stdin?.write('go\n');
      child.kill('SIGCONT');
      const refused = await says({ refused: 'A' });
      should(refused['code']).equal('RUN_TAKEN_OVER');
      await says({ ended: 'A', status: 'ready' });
      (await engine.store.effects(run.id)).map((effect) => effect.status).should.deepEqual(['done']);
      should(await engine.store.run(run.id)).have.properties({ status: 'done' });
      await engine.accept(entry, [deal('B')]);
      await says({ delivered: 'B' });
      child.stdin?.write('go\n');
      await says({ ended: 'B', status: 'done' });
      sent.should.deepEqual(['A']);
      said.filter((line) => line['sent']).should.deepEqual([{ sent: 'B' }]);
    });

    it('nothing from an instance that is alive', async () => {
      const [a, b] = [await openStore(3_000), await openStore(3_000)];
      await a.accept({ ...page, events: [deal('A')], now: 1 });
      const [run] = await a.claim({ entries: ['in'], limit: 1, now: 1, revision: '' });
      const began = performance.now();
      while (performance.now() - began < 4_500) {
        (await a.instances.heartbeat(1)).lost.should.equal(false);
        (await b.instances.heartbeat(1)).takenOver.should.equal(0);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      (await a.done(run!.id, run!.token, 2)).should.equal(true);
    });

    it('what waits at the same moment, however much their clocks differ', async () => {
      const openWith = async (aheadMs: number) => {
        const store = new PostgresStore({ url: database.url, schema });
        const clock = { now: () => Date.now() + aheadMs, after: systemClock.after };
        const engine = new Engine({ store, instances: store.instances, clock });
        await engine.open();
        closing.push(() => engine.close());
        return engine;
      };
      const [slow, fast] = [await openWith(-3_600_000), await openWith(7_200_000)];
      Math.abs(slow.clock.now() - fast.clock.now()).should.be.below(1_000);
      Math.abs(slow.clock.now() - Date.now()).should.be.below(1_000);
    });

    it('a failed write is not marked by one who no longer has it, a made one is', async () => {
      const a = await openStore(2_000);
      await a.accept({ ...page, events: [deal('A')], now: 1 });
      const [run] = await a.claim({ entries: ['in'], limit: 1, now: 1, revision: '' });
      const intent = { run: run!.id, node: 'n', business: 'job', title: 'Job', system: 'erp', settle: 'probe' as const, request: {} };
      await a.intend({ ...intent, key: 'k1' }, run!.token, 1);
      await a.intend({ ...intent, key: 'k2' }, run!.token, 1);
      const b = await openStore(2_000);
      await until(
        async () => (await b.instances.heartbeat(2)).takenOver > 0,
        () => 'nothing is taken over',
      );
      const [again] = await b.claim({ entries: ['in'], limit: 1, now: 3, revision: '' });
      await b.intend({ ...intent, key: 'k1' }, again!.token, 3);
      await b.intend({ ...intent, key: 'k2' }, again!.token, 3);
      await a.finishEffect('k1', { status: 'not-made' }, 4);
      await a.finishEffect('k2', { status: 'done', result: 'x' }, 4);
      (await b.effects(run!.id))
        .map(({ key, status }) => `${key} ${status}`)
        .sort()
        .should.deepEqual(['k1 intended', 'k2 done']);
      (await a.instances.heartbeat(5)).lost.should.equal(true);
      (await a.instances.heartbeat(5)).lost.should.equal(false);
    });
  });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
