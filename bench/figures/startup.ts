import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Figure } from '../harness/figure.ts';
import { durableIngest } from '../harness/flows.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { storeWithPending } from '../harness/past-runs.ts';
import { byTurns, ratios } from '../harness/rounds.ts';
import { scratch } from '../harness/scratch.ts';
import { rounded, spreadOf } from '../harness/spread.ts';
import { doneIn, untilDone } from '../harness/done-runs.ts';

export const startup: Figure = {
  name: 'startup',
  about: 'start of Node-RED after a crash with many runs waiting, until the first is done, against a start with an empty store',
  async run({ palette, rounds, pending, nodeArguments }) {
    const made = await storeWithPending(pending, 'source');
    const drainRates: number[] = [];
    const startMs = async (filled: boolean): Promise<number> => {
      const folder = mkdtempSync(join(scratch(), 'startup-'));
      const store = join(folder, 'store.sqlite');
      if (filled) cpSync(made, store);
      const began = performance.now();
      const nodeRed = await MeasuredNodeRed.start({ flows: durableIngest, palettes: [palette.plain, palette.pack], store, nodeArguments });
      try {
        if (filled) await untilDone(nodeRed, 1);
        const took = performance.now() - began;
        if (filled) drainRates.push(await donePerSecond(nodeRed));
        return took;
      } finally {
        await nodeRed.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    };
    const compared = await byTurns(
      Math.min(rounds, 3),
      () => startMs(true),
      () => startMs(false),
    );
    const ours = spreadOf(compared.ours);
    return [
      {
        name: 'startup',
        what: `start with ${pending.toLocaleString('en')} runs waiting, until the first is delivered again and done`,
        unit: 'ms',
        ours,
        peer: { name: 'start with an empty store', ...spreadOf(compared.peer) },
        ratio: ratios(compared, (ms) => ms),
        targets: [atMost('≤ 3000 ms', ours.median, 3000)],
        details: { runsDonePerSecondThen: rounded(spreadOf(drainRates).median) },
        notes: ['less is better'],
      },
    ];
  },
};

/** How fast the backlog goes down in the two seconds after the start. */
async function donePerSecond(nodeRed: MeasuredNodeRed): Promise<number> {
  const began = performance.now();
  const before = await doneIn(nodeRed);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return ((await doneIn(nodeRed)) - before) / ((performance.now() - began) / 1000);
}
