import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { startEffectServer } from '../harness/effect-server.ts';
import { atLeast, type Figure } from '../harness/figure.ts';
import { durableThreeEffects } from '../harness/flows.ts';
import { measuredLoad } from '../harness/measured-load.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { copyOf, storeWithPast } from '../harness/past-runs.ts';
import { byTurns, ratios } from '../harness/rounds.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

const small = 1_000;

export const history: Figure = {
  name: 'history',
  about: 'the three-effects flow with a million ended runs in the store, against the same with a thousand',
  async run({ palette, rounds, seconds, history: large }) {
    const system = await startEffectServer();
    const stores = await Promise.all([large, small].map(async (count) => copyOf(await storeWithPast(count))));
    const [full, empty] = await Promise.all(
      stores.map((store) =>
        MeasuredNodeRed.start({ flows: durableThreeEffects(system.url), palettes: [palette.plain, palette.pack], store }),
      ),
    );
    if (!full || !empty) throw new Error('Node-RED did not start');
    try {
      const compared = await byTurns(
        rounds,
        () => measuredLoad(full, { url: `${full.url}/run`, seconds }),
        () => measuredLoad(empty, { url: `${empty.url}/run`, seconds }),
      );
      const ratio = ratios(compared, (one) => one.perSecond);
      return [
        {
          name: 'history',
          what: `the three-effects flow with ${large.toLocaleString('en')} ended runs in the store`,
          unit: 'runs/s',
          ours: spreadOf(compared.ours.map((one) => one.perSecond)),
          peer: { name: `the same with ${small.toLocaleString('en')}`, ...spreadOf(compared.peer.map((one) => one.perSecond)) },
          ratio,
          targets: [atLeast('≥ 0.9', ratio.median, 0.9)],
          details: { overviewMs: await overviewMs(full), overviewMsSmall: await overviewMs(empty) },
          notes: ['each past run has one effect and one journal line'],
        },
      ];
    } finally {
      await Promise.all([full.stop(), empty.stop()]);
      await system.stop();
      for (const store of stores) rmSync(dirname(store), { recursive: true, force: true });
    }
  },
};

/** Median time in which the console's overview answers: it counts runs by status. */
async function overviewMs(nodeRed: MeasuredNodeRed): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < 7; turn++) {
    const began = performance.now();
    await nodeRed.ask('/ps-connect/api/v1/overview');
    times.push(performance.now() - began);
  }
  return rounded(spreadOf(times).median);
}
