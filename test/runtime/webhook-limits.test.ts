import should from 'should';
import { problem, refused } from '../../runtime/webhook/answers.ts';
import { OpenRuns } from '../../runtime/webhook/open-runs.ts';
import { QuietLog } from '../../runtime/webhook/quiet-log.ts';
import type { PackNode } from '../../runtime/pack-node.ts';
import { ManualClock } from '../engine/manual-clock.ts';

describe('How many runs of a webhook are open', () => {
  let clock: ManualClock;
  let open: number | Error;
  let asked: number;
  let said: string[];
  let runs: OpenRuns;
  let stopping: AbortController;

  beforeEach(() => {
    clock = new ManualClock();
    [open, asked, said] = [0, 0, []];
    stopping = new AbortController();
    const backlog = async () => {
      asked++;
      if (open instanceof Error) throw open;
      return open;
    };
    const pack = { clock, ready: true, settings: { maxBacklog: 100 }, engine: { store: { backlog } } };
    runs = new OpenRuns({ id: 'in', pack, stopping } as unknown as PackNode, (full, count) => said.push(`${full} ${count}`));
  });
  const answered = () => new Promise((resolve) => setImmediate(resolve));

  it('is asked once a second, however many events come', async () => {
    for (let ms = 0; ms < 3000; ms++) {
      clock.jump(1);
      runs.areTooMany.should.equal(false);
      await Promise.resolve();
    }
    asked.should.be.within(3, 4);
    said.should.deepEqual([]);
  });

  it('is asked on while there are too many, so that the end of it is said though nobody sends', async () => {
    open = 100;
    runs.areTooMany.should.equal(false, 'the answer is not there yet');
    await answered();
    runs.areTooMany.should.equal(true);
    open = 3;
    clock.step().should.equal(true);
    await answered();
    runs.areTooMany.should.equal(false);
    said.should.deepEqual(['true 100', 'false 3']);
    clock.step().should.equal(false, 'nothing is asked any more');
  });

  it('is asked once more where something has happened to them within the second', async () => {
    open = 2;
    runs.refresh();
    await answered();
    open = 5;
    for (let n = 0; n < 50; n++) runs.refresh();
    asked.should.equal(1);
    clock.step().should.equal(true);
    await answered();
    asked.should.equal(2);
    said.should.deepEqual(['false 2', 'false 5']);
    runs.refresh();
    stopping.abort();
    clock.step();
    clock.step().should.equal(false, 'a node that is gone asks no more');
    asked.should.equal(2);
  });

  it('is not asked for a node that is gone, nor stuck when the store fails or the clock is set back', async () => {
    open = new Error('the store is away');
    runs.ask();
    await answered();
    open = 100;
    clock.jump(-3_600_000);
    runs.ask();
    await answered();
    runs.areTooMany.should.equal(true);
    stopping.abort();
    clock.step();
    asked.should.equal(2);
  });
});

describe('The log of a webhook', () => {
  it('has one line a minute on what was refused, and nothing of it', () => {
    const clock = new ManualClock();
    const lines: string[] = [];
    const log = new QuietLog(clock, (line) => lines.push(line));
    for (let n = 0; n < 130; n++) {
      log.note((times) => refused(problem(401, 'The header webhook-signature does not fit.'), times));
      clock.jump(1000);
    }
    should(lines).deepEqual([
      'Refused a request with 401: The header webhook-signature does not fit.',
      'Refused 60 requests, the last with 401: The header webhook-signature does not fit.',
      'Refused 60 requests, the last with 401: The header webhook-signature does not fit.',
    ]);
  });
});
