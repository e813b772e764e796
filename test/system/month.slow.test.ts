import should from 'should';
import type { Fault } from '../../sandbox/faults.ts';
import { until } from '../until.ts';
import { MonthOfTheFirm } from './month.ts';

describe('The month of the firm', function () {
  this.timeout(600_000);
  let month: MonthOfTheFirm | undefined;
  afterEach(async () => {
    await month?.end();
    month = undefined;
  });

  it('leaves each system as the firm’s own books say, though answers are lost, systems are away and tokens end; played again it changes nothing', async () => {
    month = await MonthOfTheFirm.create({ seed: 3, date: '2026-11-23' });
    const { sandbox } = month;
    const systems = [sandbox.salesforce, sandbox.netsuite, sandbox.kantata];
    const lost = (method: string, path: string): Fault => ({ kind: 'dropAfter', times: 2, match: { method, path } });
    const faults: [system: number, Fault][] = [
      [0, lost('PATCH', '/sobjects/')],
      [0, { kind: 'expireToken' }],
      [0, { kind: 'status', status: 503, times: 2 }],
      [1, lost('POST', '/record/v1/')],
      [1, lost('PATCH', '/record/v1/')],
      [1, { kind: 'expireToken' }],
      [1, { kind: 'status', status: 429, times: 2 }],
      [1, { kind: 'dropBefore', times: 2, match: { path: '/suiteql' } }],
      [2, lost('POST', '/api/v1/')],
      [2, lost('PUT', '/api/v1/')],
      [2, { kind: 'status', status: 502, times: 2, body: '<html><h1>Bad Gateway</h1></html>' }],
    ];
    let met = 0;
    await month.play(async (_look, carriedThrough) => {
      for (const [system, fault] of faults) systems[system]!.faults.add(fault);
      await carriedThrough();
      met += systems.flatMap(({ faults: set }) => set.all()).filter(({ times }) => times === 0).length;
      for (const { faults: set } of systems) set.clear();
    });
    should(await month.differences()).deepEqual([]);
    // in each system and at most looks something went wrong
    should(met).be.above(40);
    const answersLost = systems.map(({ journal }) => journal.entries.filter(({ answerLost }) => answerLost).length);
    for (const count of answersLost) should(count).be.above(2);
    const writes = month.writes();
    const again = await month.play();
    should(again.map(({ changed }) => changed)).deepEqual([0, 0]);
    should(month.writes()).equal(writes);
    should(await month.differences()).deepEqual([]);
  });

  it('leaves each system as the firm’s own books say, though Node-RED is killed again and again in the middle of it', async () => {
    const killed = (month = await MonthOfTheFirm.create({ seed: 4, date: '2026-11-24' }));
    const { nodeRed } = killed;
    const deaths: string[] = [];
    await killed.play(async (look, carriedThrough) => {
      let over = false;
      // the moments at which it dies are others at each look
      await nodeRed.arm(15 + 40 * look);
      const watching = (async () => {
        for (;;) {
          await until(
            () => over || !nodeRed.alive,
            () => 'the flows have not come to rest',
            500,
          );
          if (over) return;
          deaths.push(nodeRed.diedAt ?? 'of itself');
          nodeRed.start();
          await nodeRed.ready();
        }
      })();
      await carriedThrough().finally(() => (over = true));
      await watching;
      await nodeRed.arm(0);
      // it may have died after the last answer
      if (!nodeRed.alive) nodeRed.start();
      await nodeRed.ready();
    });
    should(deaths.length).be.above(4, `it died ${deaths.length} times`);
    should(deaths).not.containEql('of itself');
    should(await killed.differences()).deepEqual([]);
  });
});
