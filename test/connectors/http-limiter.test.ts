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

  it('give their place back when they fail', async () => {
    const limiter = new Limiter(1);
    await limiter.run(() => Promise.reject(new Error('refused'))).catch(() => undefined);
    limiter.inFlight.should.equal(0);
    (await limiter.run(() => Promise.resolve('next'))).should.equal('next');
  });
});
