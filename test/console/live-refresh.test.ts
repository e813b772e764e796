import 'should';
import { LiveRefresh } from '../../console/live-refresh.ts';
import { handClock } from './hand-clock.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the console asking for news', () => {
  it('asks when it comes into view, every ten seconds while it stays, and not at all once it is hidden', async () => {
    const clock = handClock();
    let asked = 0;
    const refresh = new LiveRefresh({ after: clock.after });
    refresh.subscribe(async () => {
      asked++;
    });
    clock.waiting().should.eql([]);
    refresh.setVisible(true);
    await settled();
    asked.should.equal(1);
    clock.waiting().should.eql([10_000]);
    clock.pass(10_000);
    await settled();
    asked.should.equal(2);
    refresh.setVisible(false);
    refresh.soon();
    clock.waiting().should.eql([]);
  });

  it('asks once for all that happens within half a second, however busy the flows are', async () => {
    const clock = handClock();
    let asked = 0;
    const refresh = new LiveRefresh({ after: clock.after });
    refresh.setVisible(true);
    await settled();
    refresh.subscribe(async () => {
      asked++;
    });
    for (let n = 0; n < 50; n++) refresh.soon();
    clock.waiting().should.eql([500, 10_000]);
    clock.pass(500);
    await settled();
    asked.should.equal(1);
  });

  it('asks one question at a time, and again when something happened meanwhile', async () => {
    const clock = handClock();
    const answers: (() => void)[] = [];
    const refresh = new LiveRefresh({ after: clock.after });
    refresh.subscribe(() => new Promise((resolve) => answers.push(resolve)));
    refresh.setVisible(true);
    void refresh.now();
    void refresh.now();
    answers.should.have.length(1);
    answers[0]?.();
    await settled();
    answers.should.have.length(2);
    answers[1]?.();
    await settled();
    answers.should.have.length(2);
  });

  it('asks every half second for a while after a person has acted, then as seldom as before', async () => {
    const clock = handClock();
    let asked = 0;
    const refresh = new LiveRefresh({ after: clock.after });
    refresh.setVisible(true);
    await settled();
    refresh.subscribe(async () => {
      asked++;
    });
    await refresh.lively();
    asked.should.equal(1);
    for (let n = 0; n < 30; n++) {
      clock.waiting().should.eql([500]);
      clock.pass(500);
      await settled();
    }
    asked.should.equal(31);
    clock.waiting().should.eql([10_000]);
  });

  it('goes on asking after an answer failed', async () => {
    const clock = handClock();
    const refresh = new LiveRefresh({ after: clock.after });
    refresh.subscribe(() => Promise.reject(new Error('Node-RED is restarting')));
    refresh.setVisible(true);
    await settled();
    clock.waiting().should.eql([10_000]);
  });

  it('asks every two minutes where it is told what happens, and at once when that begins or ends', async () => {
    const clock = handClock();
    let asked = 0;
    const refresh = new LiveRefresh({ after: clock.after });
    refresh.setVisible(true);
    await settled();
    refresh.subscribe(async () => {
      asked++;
    });
    refresh.setAlone(true);
    clock.waiting().should.eql([10_000]);
    refresh.setHears(true);
    await settled();
    asked.should.equal(1);
    clock.waiting().should.eql([120_000]);
    refresh.soon();
    clock.pass(500);
    await settled();
    asked.should.equal(2);
    clock.waiting().should.eql([120_000]);
    refresh.setHears(false);
    await settled();
    asked.should.equal(3);
    clock.waiting().should.eql([10_000]);
  });

  it('asks every ten seconds where another Node-RED works on the same store, of which it is told nothing', async () => {
    const clock = handClock();
    const refresh = new LiveRefresh({ after: clock.after });
    refresh.setVisible(true);
    refresh.setHears(true);
    await settled();
    clock.waiting().should.eql([10_000]);
    refresh.setAlone(true);
    clock.waiting().should.eql([120_000]);
    refresh.setAlone(false);
    clock.waiting().should.eql([10_000]);
  });
});
