import 'should';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import type { Approval } from '../../engine/store/approvals.ts';
import { type ApprovalRule, Approvals } from '../../engine/approvals.ts';
import { Engine } from '../../engine/engine.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { Failure } from '../../model/failure.ts';
import { quickFolder } from '../quick-folder.ts';
import { EngineBench } from './engine-bench.ts';
import { ManualClock } from './manual-clock.ts';
import { deal } from './sample-events.ts';

const week = 7 * 86_400_000;
const hour = 3_600_000;
const never: ApprovalRule = { expiresAfterMs: 0, onExpiry: 'reject', escalateAfterMs: 0 };

/** A long time goes by, and only at its end the engine looks: what counts is what the store has. */
async function later(bench: EngineBench, ms: number): Promise<void> {
  bench.clock.jump(ms);
  bench.engine.wake();
  await bench.quiet();
}

/** A flow of one node that asks the boss and notes what became of it. */
class Boss {
  readonly bench: EngineBench;
  readonly answers: (Approval | undefined)[] = [];
  readonly escalated: string[] = [];
  asked = 0;
  byRule = false;
  rule: ApprovalRule;
  private readonly approvals: Approvals;

  constructor(bench: EngineBench, rule: ApprovalRule = never) {
    this.bench = bench;
    this.rule = rule;
    this.approvals = new Approvals({ store: bench.store, clock: bench.clock, escalate: ({ title }) => this.escalated.push(title) });
    bench.deliver = (active) => {
      active.enter('boss', 0);
      void this.approvals
        .ask(active, 'boss', this.rule, async () => {
          this.asked++;
          return { title: `Deal ${active.run.event.id}`, details: {}, severity: 'normal', byRule: this.byRule };
        })
        .then(
          (answer) => this.answers.push(answer),
          (error) => active.fail(Failure.from(error), 'boss'),
        )
        .finally(() => active.leave('boss', 0));
    };
  }

  /** The one question there is. */
  async open(): Promise<Approval> {
    const [approval] = (await this.bench.store.approvals({ limit: 5 })) as [Approval];
    return approval;
  }

  async decide(status: 'approved' | 'rejected'): Promise<Approval | undefined> {
    const decided = await this.bench.store.decideApproval((await this.open()).id, { status, actor: 'ana' }, this.bench.clock.now());
    this.bench.engine.wake();
    await this.bench.quiet();
    return decided;
  }
}

describe('A run that waits', () => {
  it('is delivered again at its moment, weeks later, and no attempt is used up', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => {
      if (bench.delivered.length === 1) active.suspend({ until: bench.clock.now() + 3 * week, reason: 'the quarter', node: 'wait' });
    };
    await bench.accept(deal('A'));
    should(await bench.run('A')).have.properties({ status: 'waiting', attempts: 0 });
    await later(bench, 3 * week - 1);
    bench.delivered.should.have.length(1);
    await later(bench, 1);
    bench.delivered.should.have.length(2);
    should(await bench.run('A')).have.properties({ status: 'done', attempts: 1 });
  });

  it('waits without end until it is roused', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => {
      if (bench.delivered.length === 1) active.suspend({ reason: 'the boss' });
    };
    const [id] = (await bench.accept(deal('A'))) as [string];
    await later(bench, 52 * week);
    bench.delivered.should.have.length(1);
    await bench.store.rouse(id, bench.clock.now());
    bench.engine.wake();
    await bench.quiet();
    (await bench.status('A')).should.equal('done');
  });

  it('waits for the earliest of several moments', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => {
      if (bench.delivered.length > 1) return;
      active.suspend({ reason: 'the boss' });
      active.suspend({ until: bench.clock.now() + hour, reason: 'the hour' });
      active.suspend({ until: bench.clock.now() + week, reason: 'the week' });
    };
    await bench.accept(deal('A'));
    (await bench.run('A')).waitingFor!.reason.should.equal('the hour');
    await later(bench, hour);
    (await bench.status('A')).should.equal('done');
  });

  it('only when its messages are out, and not when another branch of it failed', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => {
      active.suspend({ reason: 'the boss' });
      active.fail(new Failure({ class: 'contract.invalid', code: 'X', message: 'x' }), 'erp');
    };
    await bench.accept(deal('A'));
    should(await bench.run('A')).have.properties({ status: 'dead', failedNode: 'erp' });
  });
});

describe('An approval', () => {
  it('lets the run wait, and go on from the same node with the decision', async () => {
    const boss = new Boss(await new EngineBench().start());
    await boss.bench.accept(deal('A'));
    (await boss.bench.status('A')).should.equal('waiting');
    (await boss.bench.run('A')).waitingFor!.should.deepEqual({ reason: 'Deal A', node: 'boss' });
    await later(boss.bench, 4 * week);
    should(await boss.decide('approved')).be.ok();
    (await boss.bench.status('A')).should.equal('done');
    boss.answers.map((answer) => answer?.status).should.deepEqual([undefined, 'approved']);
    boss.asked.should.equal(1);
  });

  it('that a person gives twice counts once', async () => {
    const boss = new Boss(await new EngineBench().start());
    await boss.bench.accept(deal('A'));
    await boss.decide('rejected');
    should(await boss.decide('approved')).equal(undefined);
    boss.answers.at(-1)!.status.should.equal('rejected');
  });

  it('that comes while the run is just being suspended is not missed', async () => {
    const bench = await new EngineBench().start();
    const boss = new Boss(bench);
    const deliver = bench.deliver;
    bench.deliver = (active) => {
      active.enter('slow', 0);
      deliver(active);
      if (bench.delivered.length > 1) active.leave('slow', 0);
    };
    const [id] = (await bench.accept(deal('A'))) as [string];
    (await bench.status('A')).should.equal('running');
    await boss.decide('approved');
    bench.engine.active.get(id)!.leave('slow', 0);
    await bench.quiet();
    (await bench.status('A')).should.equal('done');
    boss.answers.at(-1)!.status.should.equal('approved');
  });

  it('is given by the rule without a person', async () => {
    const boss = new Boss(await new EngineBench().start());
    boss.byRule = true;
    await boss.bench.accept(deal('A'));
    boss.answers.should.have.length(1);
    boss.answers[0]!.should.have.properties({ status: 'approved', decidedBy: 'rule' });
    (await boss.bench.status('A')).should.equal('done');
  });

  for (const [onExpiry, status, decided] of [
    ['reject', 'done', 'expired'],
    ['approve', 'done', 'approved'],
  ] as const) {
    it(`that nobody gives in time ends as ${decided} when the node says ${onExpiry}`, async () => {
      const boss = new Boss(await new EngineBench().start(), { expiresAfterMs: 48 * hour, onExpiry, escalateAfterMs: 0 });
      await boss.bench.accept(deal('A'));
      await later(boss.bench, 48 * hour - 1);
      boss.answers.should.have.length(1);
      await later(boss.bench, 1);
      boss.answers.at(-1)!.should.have.properties({ status: decided, decidedBy: 'expiry' });
      (await boss.bench.status('A')).should.equal(status);
    });
  }

  it('that nobody gives in time parks the run when the node says so, and is asked anew by a replay', async () => {
    const boss = new Boss(await new EngineBench().start(), { expiresAfterMs: 48 * hour, onExpiry: 'park', escalateAfterMs: 0 });
    const { bench } = boss;
    const [id] = (await bench.accept(deal('A'))) as [string];
    await later(bench, 48 * hour);
    const dead = await bench.run('A');
    dead.status.should.equal('dead');
    dead.failure!.code.should.equal('APPROVAL_EXPIRED');
    should(await boss.decide('approved')).equal(undefined);
    await bench.store.replay(id, { actor: 'ana' }, bench.clock.now());
    bench.engine.wake();
    await bench.quiet();
    (await bench.status('A')).should.equal('waiting');
    await boss.decide('approved');
    (await bench.status('A')).should.equal('done');
  });

  it('is escalated once, then waits on, and expires all the same', async () => {
    const boss = new Boss(await new EngineBench().start(), { expiresAfterMs: 48 * hour, onExpiry: 'reject', escalateAfterMs: 24 * hour });
    await boss.bench.accept(deal('A'));
    await later(boss.bench, 24 * hour - 1);
    boss.escalated.should.deepEqual([]);
    await later(boss.bench, 1);
    boss.escalated.should.deepEqual(['Deal A']);
    (await boss.bench.status('A')).should.equal('waiting');
    await later(boss.bench, 24 * hour);
    boss.escalated.should.deepEqual(['Deal A']);
    boss.answers.at(-1)!.status.should.equal('expired');
  });

  it('survives that the process is killed while it waits', async () => {
    const folder = quickFolder('wait');
    const clock = new ManualClock();
    const answers: (string | undefined)[] = [];
    const begin = async () => {
      const store = new SqliteStore(join(folder, 'store.sqlite'));
      const engine = new Engine({ store, clock });
      const approvals = new Approvals({ store, clock, escalate: () => undefined });
      await engine.open();
      engine.register({
        id: 'in',
        flow: 'tab',
        policy: defaultPolicy,
        deliver(active) {
          active.enter('boss', 0);
          void approvals
            .ask(active, 'boss', never, async () => ({ title: 'A', details: {}, severity: 'normal', byRule: false }))
            .then((answer) => answers.push(answer?.status))
            .finally(() => active.leave('boss', 0));
        },
      });
      engine.start();
      return { store, engine };
    };
    try {
      const first = await begin();
      const waiting = new Promise<void>((resolve) => first.engine.on('ended', (_run, status) => status === 'waiting' && resolve()));
      await first.engine.accept({ id: 'in', flow: 'tab', policy: defaultPolicy }, [deal('A')]);
      await waiting;
      first.engine.pause();
      await first.store.close(); // nothing is told to the engine: this is how a killed process leaves the file
      const second = await begin();
      const done = new Promise<void>((resolve) => second.engine.on('ended', (_run, status) => status === 'done' && resolve()));
      const [approval] = (await second.store.approvals({ status: 'open', limit: 5 })) as [Approval];
      await second.store.decideApproval(approval.id, { status: 'approved', actor: 'ana' }, clock.now());
      second.engine.wake();
      await done;
      answers.should.deepEqual([undefined, 'approved']);
      await second.engine.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
