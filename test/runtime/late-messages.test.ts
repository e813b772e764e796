import 'should';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

interface Held {
  id: string;
  token: number;
}

describe('A message that comes when nobody remembers its delivery', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start();
    await live.deploy([
      tab(),
      policy(),
      entry('sort'),
      func('sort', 'return msg.payload.fails ? [null, msg] : [msg, null];', [['sink'], ['end']]),
      node('end', 'dead-letter', [], { reason: 'closed' }),
      sink(),
    ]);
  });
  after(() => live?.end());

  const runs = (subject: string) => live.get<Held[]>(`/runs?search=${subject}`);
  const held = async (subject: string, more: object): Promise<Held> => {
    live.receive('entry', { payload: { id: subject, ...more } });
    await live.ended(subject);
    return (await runs(subject))[0]!;
  };
  const late = ({ id, token }: Held, subject: string) =>
    live.receive('entry', { payload: { id: subject }, psConnect: { run: id, attempt: 1, token } });

  it('is refused where the run was given back, failed or was cancelled, and begins anew where it was done', async () => {
    const [dead, done, again] = [await held('DEAD-1', { fails: true }), await held('DONE-1', {}), await held('AGAIN-1', {})];
    await live.stop();
    await live.restart();
    late(dead, 'DEAD-1');
    late({ ...again, token: again.token - 1 }, 'AGAIN-1'); // of a delivery before the one that was done
    late(done, 'DONE-1');
    late({ id: 'none', token: 1 }, 'OTHER-1'); // of a run that this store does not have
    await live.until(async () => (await runs('DONE-1')).length === 2 && (await runs('OTHER-1')).length === 1, 'the others have begun');
    (await runs('DEAD-1')).map(({ id }) => id).should.deepEqual([dead.id]);
    (await runs('AGAIN-1')).map(({ id }) => id).should.deepEqual([again.id]);
  });
});
