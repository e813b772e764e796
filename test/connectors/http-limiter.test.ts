import 'should';
import { Limiter } from '../../connectors/http/limiter.ts';
import { GivenUp } from '../../connectors/http/unless-aborted.ts';

/** Starts tasks that end when told; answers how many run at once. */
function load(limiter: Limiter, count: number) {
  const running: (() => void)[] = [];
  const all = Array.from({ length: count }, () => limiter.run(() => new Promise<void>((resolve) => running.push(resolve))));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { all, running, turn, endOne: async () => [running.shift()?.(), await turn()] };
}

describe('Requests in flight on one connection', () => {
  it('are as many as the connection allows, the others wait in order', async () => {
    const limiter = new Limiter(4);
    const { running, turn, endOne } = load(limiter, 10);
    await turn();
    running.length.should.equal(4);
    await endOne();
    running.length.should.equal(4);
    limiter.inFlight.should.equal(4);
  });

  it('are halved each time the system says that there are too many, and never fewer than one', async () => {
    const limiter = new Limiter(4);
    const { all, running, turn, endOne } = load(limiter, 10);
    await turn();
    limiter.throttled();
    limiter.throttled();
    limiter.throttled();
    limiter.width.should.equal(1);
    for (let left = 3; left >= 1; left--) {
      await endOne();
      limiter.inFlight.should.equal(left);
    }
    while (running.length > 0) {
      limiter.inFlight.should.equal(1);
      await endOne();
    }
    await Promise.all(all);
    limiter.inFlight.should.equal(0);
  });

  it('grow back to what was set while the system does not complain', () => {
    const limiter = new Limiter(4);
    limiter.throttled();
    for (let answers = 0; answers < 40; answers++) limiter.answered();
    limiter.width.should.equal(4);
    for (let answers = 0; answers < 100; answers++) limiter.answered();
    limiter.width.should.equal(4);
  });

  it('whose caller gives up are not begun, and the next one has their turn', async () => {
    const limiter = new Limiter(1);
    const first = load(limiter, 1);
    const abort = new AbortController();
    let isBegun = false;
    const given = limiter.run(async () => (isBegun = true), abort.signal);
    const next = load(limiter, 1);
    abort.abort();
    await given.should.be.rejectedWith(GivenUp);
    await first.endOne();
    next.running.length.should.equal(1);
    await next.endOne();
    await Promise.all([...first.all, ...next.all]);
    isBegun.should.equal(false);
    limiter.inFlight.should.equal(0);
    await limiter.run(async () => (isBegun = true), abort.signal).should.be.rejectedWith(GivenUp);
    isBegun.should.equal(false);
  });

  describe('to a system that says for how long it wants none', () => {
    const told = (left: number) => new Error(`${left} ms`);
    /** A clock that is moved by hand; timers fire one millisecond early, as real ones may. */
    function resting(limit: number) {
      let now = 0;
      let timers: { at: number; callback: () => void }[] = [];
      const limiter = new Limiter(limit, {
        now: () => now,
        after: (ms, callback) => void timers.push({ at: now + ms, callback }),
      });
      const pass = (ms: number) => {
        now += ms;
        const due = timers.filter(({ at }) => at <= now + 1);
        timers = timers.filter((timer) => !due.includes(timer));
        for (const { callback } of due) callback();
      };
      return { limiter, pass };
    }

    it('wait until that is over, and not a millisecond less; those under way end', async () => {
      const { limiter, pass } = resting(2);
      const { all, running, turn, endOne } = load(limiter, 4);
      await turn();
      limiter.rest(2_000, told);
      await endOne();
      await endOne();
      running.length.should.equal(0);
      pass(1_999);
      await turn();
      running.length.should.equal(0);
      const late = load(limiter, 1);
      await turn();
      late.running.length.should.equal(0);
      pass(1);
      await turn();
      running.length.should.equal(2);
      await endOne();
      await endOne();
      await late.endOne();
      await Promise.all([...all, ...late.all]);
    });

    it('wait for the longest that was said', async () => {
      const { limiter, pass } = resting(1);
      limiter.rest(5_000, told);
      limiter.rest(1_000, told);
      const { running, turn } = load(limiter, 1);
      pass(4_999);
      await turn();
      running.length.should.equal(0);
      pass(1);
      await turn();
      running.length.should.equal(1);
    });

    it('are refused where that is long, with what is left of it, also those that wait already', async () => {
      const { limiter, pass } = resting(1);
      const { running, turn, endOne } = load(limiter, 1);
      const waiting = limiter.run(() => Promise.resolve('sent'));
      await turn();
      limiter.rest(3_600_000, told);
      await waiting.should.be.rejectedWith('3600000 ms');
      await endOne();
      running.length.should.equal(0);
      pass(3_599_000);
      await limiter.run(() => Promise.resolve('sent')).should.be.rejectedWith('1000 ms');
      pass(1_000);
      (await limiter.run(() => Promise.resolve('sent'))).should.equal('sent');
    });

    it('are halved once, whatever those under way are told, and are as many as before after a round of each number', () => {
      const { limiter, pass } = resting(5);
      for (let refused = 0; refused < 5; refused++) {
        limiter.throttled(true);
        limiter.rest(2_000, told);
      }
      limiter.width.should.equal(2);
      pass(2_000);
      for (let answers = 0; answers < 2 + 3 + 4 - 1; answers++) limiter.answered();
      limiter.width.should.equal(4);
      limiter.answered();
      limiter.width.should.equal(5);
    });

    it('grow slowly where they are too many again on their way back', () => {
      const { limiter, pass } = resting(5);
      const refuse = () => {
        limiter.throttled(true);
        limiter.rest(2_000, told);
        pass(2_000);
      };
      refuse();
      limiter.answered();
      limiter.answered();
      limiter.width.should.equal(3);
      refuse();
      for (let answers = 0; answers < 19; answers++) limiter.answered();
      limiter.width.should.equal(1);
      limiter.answered();
      limiter.width.should.equal(2);
    });

    it('are given up by a caller who leaves meanwhile', async () => {
      const { limiter, pass } = resting(1);
      limiter.rest(2_000, told);
      const abort = new AbortController();
      let isBegun = false;
      const given = limiter.run(async () => (isBegun = true), abort.signal);
      abort.abort();
      await given.should.be.rejectedWith(GivenUp);
      pass(2_000);
      isBegun.should.equal(false);
      (await limiter.run(() => Promise.resolve('next'))).should.equal('next');
    });
  });

  it('give their place back when they fail', async () => {
    const limiter = new Limiter(1);
    await limiter.run(() => Promise.reject(new Error('refused'))).catch(() => undefined);
    limiter.inFlight.should.equal(0);
    (await limiter.run(() => Promise.resolve('next'))).should.equal('next');
  });
});
