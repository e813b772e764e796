import { startPostgres } from '../../test/engine/embedded-postgres.ts';
import { atLeast, type FigureResult, type Target } from '../harness/figure.ts';
import { byTurns, ratios } from '../harness/rounds.ts';
import { spreadOf } from '../harness/spread.ts';
import { eachItsOwn, eventsOf, inTurn, type Keys, skewed } from './events.ts';
import { Graphile } from './graphile.ts';
import { Ours } from './ours.ts';

/**
 * Our shared store beside graphile-worker on the same server, by turns, in a process of its own:
 *
 *     node bench/postgres/main.ts [runs] [rounds]
 *
 * Both commit to disk (fsync on), drop what they are told twice (event id | job key), run 64 at a time and do nothing in a
 * run. The last line is JSON.
 */
const total = Number(process.argv[2] ?? 4_000);
const rounds = Number(process.argv[3] ?? 3);
const concurrency = 64;
const few = Math.min(total, 500);
const database = await startPostgres();
const ours = new Ours(database, concurrency);
const graphile = await Graphile.create(database.url, concurrency);
const perSecond = (count: number, ms: number) => (count * 1_000) / ms;

/** Stores `count` events in pages of `size`, by so many callers at a time. */
const storing =
  (count: number, size: number, callers: number) => async (store: (page: ReturnType<typeof eventsOf>) => Promise<unknown>) => {
    const began = performance.now();
    let next = 0;
    const caller = async () => {
      while (next < count) {
        const from = next;
        next += size;
        await store(eventsOf(size, eachItsOwn, from));
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
    return perSecond(count, performance.now() - began);
  };

async function compare(
  about: Pick<FigureResult, 'name' | 'what'> & { peer: string; notes?: string[] },
  own: () => Promise<number>,
  peer: () => Promise<number>,
  targets: (ratio: number) => Target[] = () => [],
  details: () => FigureResult['details'] = () => ({}),
): Promise<FigureResult> {
  const compared = await byTurns(rounds, own, peer);
  const ratio = ratios(compared, (rate) => rate);
  return {
    ...{ name: about.name, what: about.what, unit: 'runs/s', notes: about.notes ?? [], ratio },
    ours: spreadOf(compared.ours),
    peer: { name: about.peer, ...spreadOf(compared.peer) },
    targets: targets(ratio.median),
    details: { concurrency, ...details() },
  };
}

const accepted = (name: string, what: string, count: number, size: number, callers: number) =>
  compare(
    { name, what, peer: 'graphile-worker add_jobs' },
    () => ours.accept(storing(count, size, callers)),
    () => graphile.accept(storing(count, size, callers)),
  );

const unordered = (setting: 'default' | 'tuned', targets: (ratio: number) => Target[]) =>
  compare(
    {
      name: `postgres.unordered.${setting}`,
      what: 'runs delivered and done, each key its own',
      peer: setting === 'default' ? 'graphile-worker as installed' : 'graphile-worker, local queue and batches',
      notes: ['graphile-worker takes no order per key and deletes a job that is done: it keeps no history'],
    },
    async () => perSecond(total, (await ours.deliver(total, eachItsOwn)).ms),
    async () => perSecond(total, (await graphile.deliver(total, eachItsOwn, setting, false)).ms),
    targets,
  );

async function ordered(name: string, what: string, keys: Keys): Promise<FigureResult> {
  let inversions = 0;
  let overlaps = 0;
  return compare(
    { name, what, peer: 'graphile-worker named queues' },
    async () => {
      const { ms, order } = await ours.deliver(total, keys);
      inversions += order.inversions;
      overlaps += order.overlaps;
      return perSecond(total, ms);
    },
    async () => perSecond(total, (await graphile.deliver(total, keys, 'default', true)).ms),
    (ratio) => [
      atLeast('≥ 2 × the peer', ratio, 2),
      { text: 'inversions 0, two of a key at once 0', value: inversions + overlaps, met: inversions + overlaps === 0 },
    ],
    () => ({ inversions, overlaps }),
  );
}

const figures = [
  await accepted('postgres.accept.one', 'events stored one after the other', few, 1, 1),
  await accepted('postgres.accept.64', 'events stored one each by 64 callers', total, 1, 64),
  await accepted('postgres.accept.page', 'events stored in pages of 100', total, 100, 1),
  await unordered('default', (ratio) => [atLeast('≥ 1 × the peer', ratio, 1)]),
  await unordered('tuned', () => []),
  await ordered('postgres.keys.200', 'runs of 200 keys delivered and done in order', inTurn(200)),
  await ordered('postgres.keys.10000', 'runs of 10,000 keys, some far busier than others, in order', skewed(10_000)),
];
await graphile.end();
await database.remove();
console.log(JSON.stringify(figures));
process.exit(0);
