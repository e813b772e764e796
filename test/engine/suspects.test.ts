import 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import { Engine } from '../../engine/engine.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { suspectAfter } from '../../engine/suspects.ts';
import { MemoryDisk } from '../model-check/memory/connection.ts';
import { MemoryStore } from '../model-check/memory-store.ts';
import { ManualClock } from './manual-clock.ts';
import { deal } from './sample-events.ts';
import { quiet } from './watched-store.ts';

/** Node-RED on one store, started again each time the message `poison` has made it die. */
class MortalNodeRed {
  readonly disk = new MemoryDisk();
  deaths = 0;
  /** what was under way at each death */
  readonly scenes: string[][] = [];
  readonly poison: string;
  private moves = 0;

  constructor(poison: string) {
    this.poison = poison;
  }

  /** Starts it; it delivers until it dies or nothing is left. */
  async live(deliver: (active: ActiveRun) => void = () => undefined): Promise<void> {
    const clock = new ManualClock();
    const engine = new Engine({ store: new MemoryStore(this.disk), clock, random: () => 0.5 });
    let dead = false;
    engine.on('ended', () => this.moves++);
    await engine.open();
    engine.register({
      id: 'in',
      flow: 'tab',
      policy: defaultPolicy,
      deliver: (active) => {
        this.moves++;
        if (dead) return;
        active.enter('node', 0);
        if (active.run.event.id !== this.poison) {
          deliver(active);
          setImmediate(() => !dead && active.leave('node', 0));
          return;
        }
        dead = true;
        this.deaths++;
        deliver(active);
        engine.pause();
        this.scenes.push(this.disk.runs.filter(({ status }) => status === 'running').map(({ event }) => event.id));
      },
    });
    engine.start();
    await quiet(() => this.moves);
    for (const end = clock.now() + 2_000; !dead && clock.step(end);) await quiet(() => this.moves);
    engine.pause();
  }

  statusOf(event: string) {
    return this.disk.runs.find((run) => run.event.id === event);
  }
}

describe('A message that makes Node-RED die', () => {
  const accept = (disk: MemoryDisk, ...ids: string[]) =>
    new MemoryStore(disk).accept({ entry: 'in', flow: 'tab', severity: 'normal', events: ids.map((id) => deal(id)), now: 1 });

  it('becomes a dead letter that says so, and all others get through', async () => {
    const nodeRed = new MortalNodeRed('POISON');
    await accept(nodeRed.disk, 'A', 'B', 'POISON', 'C', 'D');
    for (let start = 0; start < 6; start++) await nodeRed.live();
    nodeRed.deaths.should.equal(4);
    for (const id of ['A', 'B', 'C', 'D']) nodeRed.statusOf(id)!.should.have.properties({ status: 'done' });
    const poison = nodeRed.statusOf('POISON')!;
    poison.should.have.properties({ status: 'dead' });
    poison.failure!.should.have.properties({ class: 'internal', code: 'CRASHED' });
    poison.failure!.message.should.equal('Node-RED has stopped 4 times in a row while POISON was under way.');
  });

  it('is alone among those suspected at the last deaths, so that nobody else is blamed', async () => {
    const nodeRed = new MortalNodeRed('POISON');
    await accept(nodeRed.disk, 'A', 'B', 'POISON', 'C', 'D');
    for (let start = 0; start < 3; start++) await nodeRed.live();
    nodeRed.scenes.should.deepEqual([['A', 'B', 'POISON', 'C', 'D'], ['A', 'B', 'POISON', 'C', 'D'], ['POISON']]);
  });

  it('holds nobody up who comes while it is suspected', async () => {
    const nodeRed = new MortalNodeRed('POISON');
    await accept(nodeRed.disk, 'POISON');
    for (let start = 0; start < 2; start++) await nodeRed.live();
    await accept(nodeRed.disk, 'LATER');
    await nodeRed.live();
    nodeRed.deaths.should.equal(3);
    nodeRed.statusOf('LATER')!.should.have.properties({ status: 'done' });
  });

  it('keeps nobody waiting who is suspected with it and waits in a batch by now', async () => {
    const disk = new MemoryDisk();
    await accept(disk, 'A', 'B', 'C');
    for (const run of disk.runs) run.crashes = suspectAfter;
    const clock = new ManualClock();
    const engine = new Engine({ store: new MemoryStore(disk), clock, random: () => 0.5 });
    const collected: string[] = [];
    await engine.open();
    const deliver = (active: ActiveRun) => {
      active.enter('batch', 0);
      collected.push(active.run.event.id);
      engine.hold(active);
    };
    engine.register({ id: 'in', flow: 'tab', policy: defaultPolicy, deliver });
    engine.start();
    clock.step(clock.now() + 1_000);
    await quiet(() => collected.length);
    collected.should.deepEqual(['A']);
    for (const end = clock.now() + 100; clock.step(end);) await quiet(() => collected.length);
    engine.pause();
    collected.should.deepEqual(['A', 'B', 'C']);
  });

  it('is not blamed for deaths between which it came further', async () => {
    const nodeRed = new MortalNodeRed('LONG');
    await accept(nodeRed.disk, 'LONG');
    for (let step = 1; step <= 6; step++) {
      await nodeRed.live(({ run }) => {
        const write = { run: run.id, node: 'erp', title: '', system: 'erp', settle: 'probe' as const, request: null };
        void new MemoryStore(nodeRed.disk).intend({ ...write, key: `k${step}`, business: `b${step}` }, run.token, 2);
      });
    }
    nodeRed.deaths.should.equal(6);
    nodeRed.statusOf('LONG')!.crashes.should.be.below(2);
    nodeRed.statusOf('LONG')!.status.should.equal('running');
  });

  it('gets four more deliveries when a person replays it', async () => {
    const nodeRed = new MortalNodeRed('POISON');
    await accept(nodeRed.disk, 'POISON');
    for (let start = 0; start < 5; start++) await nodeRed.live();
    const { id } = nodeRed.statusOf('POISON')!;
    (await new MemoryStore(nodeRed.disk).replay(id, { actor: 'ana' }, 3)).should.equal(true);
    for (let start = 0; start < 5; start++) await nodeRed.live();
    nodeRed.deaths.should.equal(8);
  });
});
