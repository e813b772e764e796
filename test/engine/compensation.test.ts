import 'should';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import { undoPaused } from '../../engine/compensation.ts';
import { Engine } from '../../engine/engine.ts';
import { defaultPolicy, type RunPolicy } from '../../engine/retry-policy.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { Failure } from '../../model/failure.ts';
import { phrase } from '../../model/failure-words.ts';
import { called } from '../../model/record-names.ts';
import { inGerman } from '../model/in-german.ts';
import { quickFolder } from '../quick-folder.ts';
import { EngineBench } from './engine-bench.ts';
import { ManualClock } from './manual-clock.ts';
import { deal } from './sample-events.ts';
import { UndoableSystem } from './undoable-system.ts';
import { quiet, type Watching, watchStore } from './watched-store.ts';

const allOrNothing: RunPolicy = { ...defaultPolicy, onPermanentFailure: 'compensate' };
const closed = () => new Failure({ class: 'business.rejected', code: 'PERIOD_CLOSED', message: 'The period is closed.' });

/** The flow: customer and project in the ERP, project in the PSA, and then something that cannot be. */
function flow(engine: Engine, clock: ManualClock, system: UndoableSystem, last: (active: ActiveRun) => Promise<void>) {
  return (active: ActiveRun) => {
    active.enter('erp', 0);
    void (async () => {
      await system.make(engine.effectsFor(active, 'erp', 'erp'), 'customer', 'job');
      clock.jump(1);
      await system.make(engine.effectsFor(active, 'psa', 'psa'), 'workspace');
      clock.jump(1);
      await last(active);
    })()
      .catch((error) => {
        const failure = Failure.from(error);
        if (failure.code === 'RUN_TAKEN_OVER') return;
        if (failure.class.startsWith('transient.')) active.retryLater(failure, 'erp');
        else active.fail(failure, 'erp');
      })
      .finally(() => active.leave('erp', 0));
  };
}

async function bed(policy: RunPolicy = allOrNothing, watching: Watching = {}) {
  const bench = await new EngineBench({ watching }).start();
  const system = new UndoableSystem();
  bench.policy = policy;
  bench.deliver = flow(bench.engine, bench.clock, system, async () => {
    throw closed();
  });
  for (const node of ['erp', 'psa']) bench.engine.compensation.register(node, system.undo);
  const effects = async () => bench.store.effects((await bench.run('A')).id);
  const wake = async () => {
    bench.engine.wake();
    await bench.quiet();
  };
  return { bench, system, effects, wake };
}

const statusOf = (effects: Effect[], business: string) => effects.find((effect) => effect.business === business)?.status;

describe('A run that is to be all or nothing', () => {
  it('takes back what it wrote, the newest first, and ends as cancelled', async () => {
    const { bench, system, effects } = await bed();
    await bench.accept(deal('A'));
    const run = await bench.run('A');
    run.status.should.equal('cancelled');
    run.failure!.code.should.equal('PERIOD_CLOSED');
    system.log.should.deepEqual([...['make customer', 'make job', 'make workspace'], ...['undo workspace', 'undo job', 'undo customer']]);
    for (const business of ['customer', 'job', 'workspace']) statusOf(await effects(), business)!.should.equal('compensated');
    const undo = (await effects()).find((effect) => effect.business === 'undo job')!;
    undo.should.have.properties({ status: 'done', ofUndo: true });
  });

  it('leaves alone what had been there before', async () => {
    const { bench, system } = await bed();
    system.records.push('customer');
    const make = system.write.bind(system);
    system.write = (key, more) => make(key, { lookFirst: true, ...more });
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('cancelled');
    system.records.should.deepEqual(['customer']);
  });

  it('takes back also what it made without hearing of it', async () => {
    const { bench, system } = await bed();
    system.fates.set('job', ['answer lost']);
    await bench.accept(deal('A'));
    await bench.pass(10_000);
    (await bench.status('A')).should.equal('cancelled');
    system.records.should.deepEqual([]);
  });

  it('takes back both of two writes whose ids begin alike for a thousand letters', async () => {
    const { bench, system, effects } = await bed();
    const ids = [1, 2].map((n) => `${'x'.repeat(1_000)} ${n}`);
    const gone: unknown[] = [];
    bench.engine.compensation.register('erp', async ({ business, undo = null }, context) => {
      const send = async () => gone.push(undo);
      await context.effects.write({ key: `undo ${business}`, title: 'Undo', request: null, settle: 'repeat', send });
    });
    bench.deliver = flow(bench.engine, bench.clock, system, async (active) => {
      const written = bench.engine.effectsFor(active, 'erp', 'erp');
      for (const id of ids)
        await written.write({ key: id, title: 'Record', request: null, settle: 'repeat', undo: id, send: async () => null });
      throw closed();
    });
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('cancelled');
    gone.slice(0, 2).should.deepEqual(ids.toReversed());
    (await effects()).every(({ business }) => business.length <= 500).should.be.true();
  });

  it('is an ordinary dead letter when it has written nothing', async () => {
    const { bench } = await bed();
    bench.deliver = (active) => active.fail(closed(), 'map');
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('dead');
  });

  it('is parked, and nothing is undone, unless its policy says so', async () => {
    const { bench, system } = await bed(defaultPolicy);
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('dead');
    system.records.should.have.length(3);
  });

  it('is taken back also when the store could not say what it wrote at the moment it failed', async () => {
    let failing = 2;
    const before = (method: string) => {
      if (method !== 'effects' || failing-- <= 0) return;
      throw new Failure({ class: 'transient.unavailable', code: 'STORE_UNREACHABLE', message: 'It is away.' });
    };
    const { bench, system, effects } = await bed(allOrNothing, { before });
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('running');
    await bench.pass(20_000);
    (await bench.status('A')).should.equal('cancelled');
    statusOf(await effects(), 'job')!.should.equal('compensated');
    system.records.should.deepEqual([]);
  });

  it('goes on taking back when a system was away for a while', async () => {
    const { bench, system } = await bed();
    system.fates.set('undo job', ['down', 'down', 'answer lost']);
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('waiting');
    await bench.pass(60_000);
    (await bench.status('A')).should.equal('cancelled');
    system.records.should.deepEqual([]);
    system.log.filter((line) => line === 'undo job').should.have.length(1);
  });
});

describe('A run that a person has undone', () => {
  it('is taken back from the dead letters, and cannot be replayed after that', async () => {
    const { bench, system, wake } = await bed(defaultPolicy);
    const [id] = (await bench.accept(deal('A'))) as [string];
    (await bench.store.compensate(id, { actor: 'ana', reason: 'deal lost' }, bench.clock.now())).should.equal(true);
    await wake();
    (await bench.status('A')).should.equal('cancelled');
    system.records.should.deepEqual([]);
    (await bench.store.replay(id, { actor: 'ana' }, bench.clock.now())).should.equal(false);
  });
});

describe('What cannot be undone', () => {
  it('waits for a person with all that still stands, and nothing was touched, when that is known before', async () => {
    const { bench, system } = await bed();
    bench.engine.compensation.unregister('erp', system.undo);
    await bench.accept(deal('A'));
    const run = await bench.run('A');
    run.should.have.properties({ status: 'dead' });
    run.failure!.code.should.equal('UNDO_IMPOSSIBLE');
    run.failure!.issues!.map((issue) => issue.field).should.deepEqual(['workspace', 'job', 'customer']);
    system.records.should.have.length(3);
  });

  it('waits for a person with the rest, when a system refuses', async () => {
    const { bench, system, effects } = await bed();
    system.fates.set('undo job', ['refused']);
    await bench.accept(deal('A'));
    const run = await bench.run('A');
    run.status.should.equal('dead');
    run.failure!.code.should.equal('IN_USE');
    run.failure!.issues!.map((issue) => issue.field).should.deepEqual(['job', 'customer']);
    statusOf(await effects(), 'workspace')!.should.equal('compensated');
    system.records.should.deepEqual(['customer', 'job']);
  });

  it('is tried again when the person asks for it, from where it stopped', async () => {
    const { bench, system, wake } = await bed();
    system.fates.set('undo job', ['refused']);
    const [id] = (await bench.accept(deal('A'))) as [string];
    await bench.store.compensate(id, { actor: 'ana' }, bench.clock.now());
    await wake();
    (await bench.status('A')).should.equal('cancelled');
    system.log.filter((line) => line === 'undo workspace').should.have.length(1);
  });

  it('says in German, too, what of very many writes is in doubt: the first of them, and how many more', async () => {
    const { bench, system } = await bed();
    const codes = Array.from({ length: 70 }, (_, n) => `M${n + 1}`);
    bench.deliver = flow(bench.engine, bench.clock, system, async (active) => {
      const effects = bench.engine.effectsFor(active, 'psa', 'psa');
      for (const code of codes) {
        system.fates.set(code, ['answer lost']);
        const title = phrase('WRITE.in', { record: called.milestone(code), systemName: 'Kantata' });
        await effects.write(system.write(code, { title })).catch(() => undefined);
      }
      throw closed();
    });
    await bench.accept(deal('A'));
    const { failure } = await bench.run('A');
    failure!.message.should.startWith('Milestone M70 in Kantata, Milestone M69 in Kantata, ').and.match(/ M51 in Kantata and 50 more: /);
    inGerman(failure!)
      .message.should.startWith('Meilenstein M70 in Kantata, ')
      .and.match(/ M51 in Kantata und 50 weitere: /);
  });

  it('is not undone while it is in doubt; it goes on when a person has settled that', async () => {
    const { bench, system, effects, wake } = await bed();
    bench.deliver = flow(bench.engine, bench.clock, system, async (active) => {
      system.fates.set('milestone', ['answer lost']);
      const title = phrase('WRITE.in', { record: called.milestone('M1'), systemName: 'Kantata' });
      const effects = bench.engine.effectsFor(active, 'psa', 'psa');
      await effects.write(system.write('milestone', { title })).catch(() => undefined);
      throw closed();
    });
    await bench.accept(deal('A'));
    const run = await bench.run('A');
    run.failure!.code.should.equal('UNDO_IN_DOUBT');
    run.failure!.message.should.startWith('Milestone M1 in Kantata: ');
    inGerman(run.failure!).message.should.startWith('Meilenstein M1 in Kantata: ');
    run.failure!.issues!.map((issue) => inGerman(issue).message).should.containEql('Meilenstein M1 in Kantata besteht noch.');
    system.records.should.have.length(4);
    const { key } = (await effects()).find((effect) => effect.business === 'milestone')!;
    await bench.store.settleEffect(key, { made: true, actor: 'ana' }, bench.clock.now());
    await wake();
    (await bench.status('A')).should.equal('cancelled');
    system.records.should.deepEqual([]);
  });
});

describe('A branch of the flow that undoes a step', () => {
  /** Emits a message into the branch and waits until it is through. */
  const branch = (bench: EngineBench, begin: (active: ActiveRun) => void) =>
    bench.engine.compensation.register('psa', async (effect, { active, effects }) => {
      await effects.write({
        key: `undo ${effect.business}`,
        title: 'Branch',
        request: null,
        settle: 'repeat',
        send: async () => {
          const before = active.size;
          begin(active);
          await active.downTo(before);
          if (active.failed || active.retry || active.suspended || active.interrupted) {
            throw new Failure({ class: 'transient.locked', code: undoPaused, message: 'The branch is not through.' });
          }
          return null;
        },
      });
    });

  it('has its place in the order: the next is undone when it is through', async () => {
    const { bench, system } = await bed();
    let through: (() => void) | undefined;
    branch(bench, (active) => {
      active.enter('mail', 0);
      through = () => active.leave('mail', 0);
    });
    await bench.accept(deal('A'));
    system.records.should.have.length(3);
    (await bench.status('A')).should.equal('running');
    through!();
    await bench.quiet();
    (await bench.status('A')).should.equal('cancelled');
    system.records.should.deepEqual(['workspace']); // what the branch does about it is the branch's
  });

  it('that fails parks the run; compensated again, it is begun again', async () => {
    const { bench, system, wake } = await bed();
    let tries = 0;
    branch(bench, (active) => {
      active.enter('mail', 0);
      if (++tries === 1) active.fail(closed(), 'mail');
      active.leave('mail', 0);
    });
    const [id] = (await bench.accept(deal('A'))) as [string];
    should(await bench.run('A')).have.properties({ status: 'dead', failedNode: 'mail' });
    await bench.store.compensate(id, { actor: 'ana' }, bench.clock.now());
    await wake();
    tries.should.equal(2);
    (await bench.status('A')).should.equal('cancelled');
    system.records.should.deepEqual(['workspace']);
  });
});

describe('A process that is killed while a run is undone', () => {
  it('leaves nothing half undone and undoes nothing twice, at whichever call to the store it dies', async function () {
    this.timeout(60_000);
    let points = 0;
    for (let at = 1; ; at++) {
      const folder = quickFolder('undo');
      const clock = new ManualClock();
      const system = new UndoableSystem();
      const process = async (dieAt: number) => {
        let calls = 0;
        const inner = new SqliteStore(join(folder, 'store.sqlite'));
        const watched = watchStore(inner, { before: () => void (++calls === dieAt && watched.die()) });
        const engine = new Engine({ store: watched.store, clock, random: () => 0.5 });
        await inner.open(clock.now());
        const deliver = flow(engine, clock, system, async () => {
          throw closed();
        });
        for (const node of ['erp', 'psa']) engine.compensation.register(node, system.undo);
        engine.register({ id: 'in', flow: 'tab', policy: allOrNothing, deliver });
        return { inner, engine, watched, died: () => calls >= dieAt };
      };
      try {
        const first = await process(at);
        await first.inner.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [deal('A')], now: clock.now() });
        first.engine.start();
        await quiet(() => first.watched.moves);
        first.engine.pause();
        await first.inner.close();
        if (!first.died()) break;
        points++;
        const second = await process(Number.POSITIVE_INFINITY);
        second.engine.start();
        await quiet(() => second.watched.moves);
        for (let steps = 0; steps < 20; steps++) {
          clock.step();
          await quiet(() => second.watched.moves);
        }
        const [run] = await second.inner.runs({ limit: 5 });
        run!.status.should.equal('cancelled', `killed at call ${at}: ${JSON.stringify(run!.failure)}`);
        system.records.should.deepEqual([], `killed at call ${at}`);
        new Set(system.log).size.should.equal(system.log.length, `killed at call ${at}: ${system.log.join(', ')}`);
        second.engine.pause();
        await second.inner.close();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    points.should.be.above(15);
  });
});
