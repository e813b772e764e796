import 'should';
import { NewsChannel, type NewsSocket } from '../../console/news-channel.ts';
import { handClock } from './hand-clock.ts';

/** The other end of each connection that was opened. */
interface End {
  socket: NewsSocket;
  sent: unknown[];
  isClosed: boolean;
  opens(): void;
  says(what: unknown): void;
  closes(): void;
}

function channel(token?: string) {
  const clock = handClock();
  const ends: End[] = [];
  const seen = { news: 0, hears: [] as boolean[] };
  const open = (): NewsSocket => {
    const socket: NewsSocket = {
      ...{ onopen: null, onmessage: null, onclose: null },
      send: (data) => void end.sent.push(JSON.parse(String(data))),
      close: () => {
        end.isClosed = true;
      },
    };
    const call = (handler: unknown, event: object) => (handler as ((event: object) => void) | null)?.(event);
    const end: End = {
      ...{ socket, sent: [], isClosed: false },
      opens: () => call(socket.onopen, {}),
      says: (what) => call(socket.onmessage, { data: typeof what === 'string' ? what : JSON.stringify(what) }),
      closes: () => call(socket.onclose, {}),
    };
    ends.push(end);
    return socket;
  };
  new NewsChannel({
    ...{ address: 'ws://here/comms', token: () => token, open, after: clock.after },
    onNews: () => seen.news++,
    onHears: (hears) => seen.hears.push(hears),
  }).connect();
  return { clock, ends, seen, last: () => ends.at(-1)! };
}

const beat = [{ topic: 'hb', data: 1 }];
const news = [{ topic: 'ps-connect/activity', data: { nodes: {} } }];

describe('the channel by which the console is told of news', () => {
  it('asks for its topic, and hears from the first beat on; of news it tells, of nothing else', () => {
    const { seen, last } = channel();
    last().opens();
    last().sent.should.eql([{ subscribe: 'ps-connect/activity' }]);
    seen.hears.should.eql([]);
    last().says(beat);
    seen.should.eql({ news: 0, hears: [true] });
    last().says([{ topic: 'status/node', data: {} }, null, 'x']);
    last().says('{');
    last().says(news);
    seen.should.eql({ news: 1, hears: [true] });
  });

  it('says who it is first, and asks once it is let in', () => {
    const { seen, last } = channel('the token');
    last().opens();
    last().sent.should.eql([{ auth: 'the token' }]);
    last().says({ auth: 'ok' });
    last().sent.at(-1)!.should.eql({ subscribe: 'ps-connect/activity' });
    last().says(news);
    seen.should.eql({ news: 1, hears: [true] });
  });

  it('comes again a minute later where it is not let in, not each second', () => {
    const { clock, ends, last } = channel('a token that has run out');
    last().opens();
    last().says({ auth: 'fail' });
    last().closes();
    clock.waiting().should.eql([60_000]);
    clock.pass(60_000);
    ends.should.have.length(2);
  });

  it('no longer hears when it is closed, and opens another, more seldom each time it fails', () => {
    const { clock, seen, last } = channel();
    last().opens();
    last().says(beat);
    last().closes();
    seen.hears.should.eql([true, false]);
    for (const ms of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      clock.waiting().should.eql([ms]);
      clock.pass(ms);
      last().closes();
    }
    clock.pass(30_000);
    last().opens();
    last().says(beat);
    seen.hears.should.eql([true, false, true]);
    last().closes();
    clock.waiting().should.eql([1_000], 'one that was heard is no failure of before');
  });

  it('takes silence for an end, though nobody has closed it, and does not listen to it any more', () => {
    const { clock, ends, seen, last } = channel();
    last().opens();
    last().says(beat);
    const dead = last();
    clock.pass(50_000);
    seen.hears.should.eql([true, false]);
    dead.isClosed.should.equal(true);
    dead.says(news);
    dead.closes();
    seen.should.eql({ news: 0, hears: [true, false] });
    clock.waiting().should.eql([1_000]);
    clock.pass(1_000);
    ends.should.have.length(2);
  });
});
