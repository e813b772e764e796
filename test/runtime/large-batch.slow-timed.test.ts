import 'should';
import { fileURLToPath } from 'node:url';
import should from 'should';
import type { RunStatus } from '../../engine/store/runs.ts';
import { slowness } from '../cpu-time.ts';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { eventIn } from './event-in-flow.ts';
import { func, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';
import { cloudEvent, post, secret, standardHeaders } from './webhook-sender.ts';

const probe = fileURLToPath(new URL('./loop-probe.cjs', import.meta.url));
const count = 100_000;
const flows = [
  tab(),
  policy({ concurrency: 1 }),
  eventIn({ maxKilobytes: 102_400, wires: [[]], subject: 'data.id', key: 'data.id' }),
  func('probe', 'const probe = global.get("probe"); msg.payload = probe.longestMs(); probe.begin(); return msg;', [['sink']]),
  sink(),
];

for (const store of ['SQLite', 'PostgreSQL']) {
  describe(`A batch of 100,000 events by webhook, stored in ${store}`, function () {
    this.timeout(240_000);
    let database: TestDatabase | undefined;
    let live: LiveNodeRed;
    let took = 0;

    before(async () => {
      if (store === 'PostgreSQL') database = await startPostgres();
      const environment = { TIME_EVENTS_SECRET: secret, ...(database ? { PSCONNECT_STORE: database.url } : {}) };
      const settings = `functionGlobalContext: { probe: require(${JSON.stringify(probe)}) }, psConnect: { maxBacklog: 10000000 },`;
      live = await LiveNodeRed.start({ environment, settings, flows });
      await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
    });
    after(async () => {
      await live?.end();
      await database?.remove();
    });

    const batch = (name: string) =>
      JSON.stringify(
        Array.from({ length: count }, (_, n) => cloudEvent(`${name}-${n}`, { data: { id: `${name}-${n}`, project: `P-${n % 500}` } })),
      );
    const send = (body: string) =>
      post(live, { body, headers: { ...standardHeaders(body), 'Content-Type': 'application/cloudevents-batch+json' } });
    const stored = async () => {
      const { runs } = await live.get<{ runs: Record<RunStatus, number> }>('/overview');
      return Object.values(runs).reduce((sum, some) => sum + some, 0);
    };
    const longestTurn = async () => {
      live.sunk = [];
      live.receive('probe', {});
      await live.until(() => live.sunk.length > 0, 'the probe answers');
      return live.sunk[0]!.payload as number;
    };

    it('holds nothing else up for more than 100 ms at a time, from its first byte to its first runs', async () => {
      const turns: number[] = [];
      // the longest turns are garbage collections, which take the longer the busier the machine is: one of three batches has a quiet moment
      for (const name of ['A', 'B', 'C']) {
        const body = batch(name);
        await longestTurn();
        const began = Date.now();
        const answer = await send(body);
        took = Date.now() - began;
        should(answer.body).deepEqual({ accepted: count, duplicates: 0 });
        const done = (await live.get<{ runs: Record<RunStatus, number> }>('/overview')).runs.done;
        await live.until(
          async () => (await live.get<{ runs: Record<RunStatus, number> }>('/overview')).runs.done >= done + 50,
          'runs of it end',
        );
        turns.push(await longestTurn());
        if (turns.at(-1)! <= 100) break;
      }
      Math.min(...turns).should.be.belowOrEqual(100 * slowness());
      Math.max(...turns).should.be.belowOrEqual(400 * slowness());
    });

    it('is no more to wait for in a list when each event is large', async () => {
      const before = await stored();
      for (let n = 0; n < 12; n++) {
        const lines = Array.from({ length: 12_000 }, (_none, line) => ({ line, minutes: n, note: 'a line of an invoice, in words' }));
        const body = JSON.stringify(cloudEvent(`large-${n}`, { data: { id: `large-${n}`, lines } }));
        const answer = await post(live, { body, headers: { ...standardHeaders(body), 'Content-Type': 'application/cloudevents+json' } });
        answer.status.should.equal(202);
      }
      (await stored()).should.equal(before + 12);
      const turns: number[] = [];
      for (let tries = 0; tries < 3 && (turns.at(-1) ?? 1_000) > 100; tries++) {
        await longestTurn();
        const runs = await live.get<{ event: { id: string; subject: string; type: string } }[]>('/runs?limit=12');
        runs
          .map(({ event }) => event.id)
          .sort()
          .should.deepEqual(Array.from({ length: 12 }, (_none, n) => `large-${n}`).sort());
        for (const { event } of runs) event.should.have.property('type', cloudEvent('any')['type']);
        turns.push(await longestTurn());
      }
      Math.min(...turns).should.be.belowOrEqual(100 * slowness());
    });

    it('is there as a whole, or not at all, when the process is killed while it is stored', async () => {
      const before = await stored();
      const sending = send(batch('D')).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, took * 0.7)); // somewhere in the middle, wherever that is
      await live.stop('SIGKILL');
      const answer = await sending;
      await live.restart();
      await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run', 60);
      const added = (await stored()) - before;
      [0, count].should.containEql(added);
      if (answer) added.should.equal(count, 'it was acknowledged');
    });
  });
}
