import { rmSync } from 'node:fs';
import { killWhatIsLeft } from '../harness/node-red.ts';
import { buildPalette } from '../harness/palette.ts';
import { aligned } from '../harness/report.ts';
import type { Interval } from './interval.ts';
import { bound, type Compared, pairsOf, type Rounds } from './pairs.ts';
import type { Product, Throughput } from './throughput.ts';

/** What came of the comparison with another checkout. */
export interface Comparison {
  against: string;
  bound: number;
  compared: Compared[];
  failed: Record<string, string>;
  /** whether each throughput was measured and shown to cost no more than the bound */
  held: boolean;
}

/** Both checkouts are built from their sources as they are, and driven by the benchmark of this one. */
export async function compare(here: string, there: string, chosen: readonly Throughput[], rounds: Rounds): Promise<Comparison> {
  const compared: Compared[] = [];
  const failed: Record<string, string> = {};
  const folders: string[] = [];
  const built = async (root: string): Promise<Product> => {
    const { folder, ...palette } = await buildPalette(root);
    folders.push(folder);
    return { root, palette };
  };
  try {
    const [ours, theirs] = [await built(here), await built(there)];
    for (const throughput of chosen) {
      const began = performance.now();
      try {
        const one = await pairsOf(throughput, ours, theirs, rounds);
        compared.push(one);
        console.error(`${one.name}: ${one.verdict}, CPU ${text(one.cpu)}, rate ${text(one.rate)}, ${one.pairs} pairs`);
      } catch (error) {
        failed[throughput.name] = error instanceof Error ? error.message : String(error);
        console.error(`${throughput.name} could not be measured: ${failed[throughput.name]}`);
        killWhatIsLeft();
      }
      console.error(`${throughput.name}: ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    }
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
  const held = Object.keys(failed).length === 0 && compared.every(({ verdict }) => verdict === 'within');
  return { against: there, bound, compared, failed, held };
}

/** The table for people. */
export function comparisonTable(compared: readonly Compared[]): string {
  const head = [
    'throughput',
    'CPU for each message, by that of the other',
    'messages/s, by those of the other',
    'pairs',
    'at most 1.05 × CPU',
  ];
  const rows = compared.map(({ name, cpu, rate, here, there, pairs, verdict }) => [
    name,
    `${text(cpu)}  ${here.cpuMsEach.toPrecision(3)} / ${there.cpuMsEach.toPrecision(3)} ms`,
    `${text(rate)}  ${Math.round(here.perSecond)} / ${Math.round(there.perSecond)}`,
    String(pairs),
    verdict,
  ]);
  return aligned([head, ...rows]);
}

const text = ({ median, low, high }: Interval) => `${median.toFixed(3)} [${low.toFixed(3)}–${high.toFixed(3)}]`;
