import { atMost, type Figure } from '../harness/figure.ts';
import { oneEmptyEffect } from '../harness/flows.ts';
import { load } from '../harness/load.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { rounded, spreadOf } from '../harness/spread.ts';
import { untilDone } from '../harness/done-runs.ts';

const parts = 10;
const megabyte = 1024 * 1024;

export const memory: Figure = {
  name: 'memory',
  about: 'memory over many runs, and how long the event loop is held up at full rate',
  async run({ palette, memoryRuns }) {
    const nodeRed = await MeasuredNodeRed.start({
      flows: oneEmptyEffect,
      palettes: [palette.plain, palette.pack],
      nodeArguments: ['--expose-gc'],
    });
    try {
      const heap: number[] = [];
      const rss: number[] = [];
      const delays: number[] = [];
      const rates: number[] = [];
      let expected = 0;
      for (let part = 0; part < parts; part++) {
        await nodeRed.sample('reset');
        const began = performance.now();
        expected += (await load({ url: `${nodeRed.url}/events`, amount: Math.round(memoryRuns / parts) })).answered;
        await untilDone(nodeRed, expected);
        rates.push(Math.round(memoryRuns / parts) / ((performance.now() - began) / 1000));
        delays.push((await nodeRed.sample()).delayMs.p99);
        const after = await nodeRed.sample('collect');
        heap.push(after.heapUsed / megabyte);
        rss.push(after.rss / megabyte);
      }
      // the first runs warm the code and fill the engine's list of runs ended lately, which holds 20,000
      const settled = Math.min(parts - 3, Math.max(2, Math.ceil(20_000 / (memoryRuns / parts))));
      const slope = slopeOf(heap.slice(settled)) * (100_000 / (memoryRuns / parts));
      const delay = spreadOf(delays.slice(1));
      return [
        {
          name: 'memory',
          what: `heap in use after ${expected.toLocaleString('en')} runs with one effect each`,
          unit: 'MB',
          ours: spreadOf(heap.slice(settled)),
          targets: [
            atMost('≤ 5 MB of heap more for each 100,000 runs', slope, 5),
            atMost('≤ 20 ms event-loop delay, p99, at full rate', delay.median, 20),
          ],
          details: {
            heapMbPer100000Runs: rounded(slope),
            rssMbFirst: rounded(rss[settled]!),
            rssMbLast: rounded(rss.at(-1)!),
            rssMbPer100000Runs: rounded(slopeOf(rss.slice(settled)) * (100_000 / (memoryRuns / parts))),
            eventLoopDelayP99Ms: delay.median,
            runsPerSecond: rounded(spreadOf(rates.slice(1)).median),
          },
          notes: ['no peer: plain Node-RED keeps nothing of its messages', 'heap after a full garbage collection'],
        },
      ];
    } finally {
      await nodeRed.stop();
    }
  },
};

/** Least squares, per step. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let over = 0;
  let under = 0;
  for (const [place, value] of values.entries()) {
    over += (place - middle) * (value - mean);
    under += (place - middle) ** 2;
  }
  return over / under;
}
