import { type Interval, intervalOf, medianOf } from './interval.ts';
import type { Product, Side, Throughput, Turn } from './throughput.ts';

/** At most so much CPU time more for each message. */
export const bound = 1.05;

export interface Rounds {
  /** fresh processes of both sides: at least so many times, and at most, when it is not decided before */
  generations: { least: number; most: number };
  /** turns of each of two processes, one after the other */
  pairs: number;
}

/** One throughput of two checkouts. All ratios are of this one by the other one. */
export interface Compared {
  name: string;
  /** CPU time of each message; above 1 = it costs more here */
  cpu: Interval;
  /** messages each second by the clock; above 1 = more here */
  rate: Interval;
  here: Turn;
  there: Turn;
  generations: number;
  pairs: number;
  verdict: 'within' | 'worse' | 'undecided';
}

type Pair = { here: Turn; there: Turn };

/** Until V8 has compiled what is hot: with fewer, a comparison of the shared store is one of compilers. */
const warmUp = 12;

/**
 * Measures both sides by turns, each in a process of its own that lives as long as the other's: who begins changes from pair to pair.
 * The first turns warm the code and the connections and are thrown away. New processes are started until it is decided on which side
 * of the bound the whole interval lies, or as often as is allowed.
 */
export async function pairsOf({ name, prepare }: Throughput, here: Product, there: Product, rounds: Rounds): Promise<Compared> {
  const { start, end } = await prepare();
  const generations: Pair[][] = [];
  try {
    for (;;) {
      generations.push(await generation(await started(start, here, there), rounds.pairs));
      const compared = judged(name, generations);
      const { length } = generations;
      if (length >= rounds.generations.most || (length >= rounds.generations.least && compared.verdict !== 'undecided')) return compared;
    }
  } finally {
    await end();
  }
}

async function started(start: (product: Product) => Promise<Side>, here: Product, there: Product): Promise<{ here: Side; there: Side }> {
  const first = await start(here);
  try {
    return { here: first, there: await start(there) };
  } catch (error) {
    await first.stop();
    throw error;
  }
}

async function generation(sides: { here: Side; there: Side }, pairs: number): Promise<Pair[]> {
  try {
    const measured: Pair[] = [];
    for (let round = -warmUp; round < pairs; round++) {
      const pair: Partial<Pair> = {};
      for (const side of round % 2 === 0 ? (['here', 'there'] as const) : (['there', 'here'] as const)) {
        pair[side] = await sides[side].turn();
      }
      if (round >= 0) measured.push(pair as Pair);
    }
    return measured;
  } finally {
    await Promise.all([sides.here.stop(), sides.there.stop()]);
  }
}

function judged(name: string, generations: readonly Pair[][]): Compared {
  const ratios = (figure: keyof Turn) =>
    intervalOf(generations.map((pairs) => pairs.map(({ here, there }) => here[figure] / there[figure])));
  const middle = (side: keyof Pair): Turn => {
    const turns = generations.flat().map((pair) => pair[side]);
    return { perSecond: medianOf(turns.map((turn) => turn.perSecond)), cpuMsEach: medianOf(turns.map((turn) => turn.cpuMsEach)) };
  };
  const cpu = ratios('cpuMsEach');
  return {
    ...{ name, cpu, rate: ratios('perSecond'), here: middle('here'), there: middle('there') },
    ...{ generations: generations.length, pairs: generations.flat().length },
    verdict: cpu.high <= bound ? 'within' : cpu.low > bound ? 'worse' : 'undecided',
  };
}
