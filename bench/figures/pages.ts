import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systems } from '../../connectors/systems.ts';
import { migrations } from '../../engine/sqlite/migrations.ts';
import { writeHistory } from '../../scripts/history/write-history.ts';
import { durableThreeEffects } from '../harness/flows.ts';
import { atMost, type Figure } from '../harness/figure.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { copyOf } from '../harness/past-runs.ts';
import { scratch } from '../harness/scratch.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

const small = 1_000;
const mostMs = 300;
/** What a page of the console asks for first, and what its filters do. */
const pages = [
  ...['overview', 'runs?limit=51', 'runs?limit=51&status=done', 'runs?limit=51&status=ready,running,waiting', 'dead-letters?limit=500'],
  ...[
    'dead-letters?class=mapping.missing',
    'dead-letters?code=PERIOD_CLOSED',
    ...systems.slice(0, 3).map(({ name }) => `dead-letters?system=${name}`),
    'dead-letters?severity=critical',
  ],
  ...['kpis?days=1', 'kpis?days=30', 'kpis?days=365', 'kpis?days=365&by=entity', 'kpis?days=365&by=region', 'board', 'board?stage=paid'],
  ...['approvals', 'approvals?status=all', 'journal', 'reconciliations', 'effects', 'crosswalk/rows', 'crosswalk/unmapped', 'connections'],
];

export const pagesFigure: Figure = {
  name: 'pages',
  about: 'what each page of the console asks for first, with a year of a million runs and fifty thousand dead letters in the store',
  async run({ palette, history: large, rounds }) {
    const [full, empty] = [await cpuOf(await storeWith(large), palette, rounds), await cpuOf(await storeWith(small), palette, rounds)];
    const slowest = [...full].sort(([, one], [, other]) => other - one)[0]!;
    const worst = Math.max(...full.values());
    return [
      {
        name: 'pages',
        what: `first content of ${pages.length} pages, ${large.toLocaleString('en')} runs: CPU time of Node-RED`,
        unit: 'ms',
        ours: spreadOf([...full.values()]),
        peer: { name: `the same with ${small.toLocaleString('en')}`, ...spreadOf([...empty.values()]) },
        targets: [atMost(`each ≤ ${mostMs} ms`, worst, mostMs)],
        details: { slowest: slowest[0], ...Object.fromEntries([...full].map(([page, ms]) => [page, `${ms} (${empty.get(page)})`])) },
        notes: ['less is better', 'the smallest of several answers to each; in brackets with the small store'],
      },
    ];
  },
};

/** Made once and kept: a million take some minutes. */
async function storeWith(runs: number): Promise<string> {
  const file = join(scratch(), `year-${runs}-${migrations.length}.sqlite`);
  if (!existsSync(file)) await writeHistory({ store: file }, { seed: 1, runs, until: Date.now(), retentionDays: 90 });
  return file;
}

async function cpuOf(made: string, palette: { plain: string; pack: string }, rounds: number): Promise<Map<string, number>> {
  const store = copyOf(made);
  const nodeRed = await MeasuredNodeRed.start({
    flows: durableThreeEffects('http://127.0.0.1:9'),
    palettes: [palette.plain, palette.pack],
    store,
  });
  try {
    const smallest = new Map<string, number>();
    for (let round = 0; round < rounds + 1; round++) {
      for (const page of pages) {
        const before = await nodeRed.sample();
        await nodeRed.ask(`/ps-connect/api/v1/${page}`);
        const { cpuMs } = await nodeRed.sample();
        smallest.set(page, Math.min(smallest.get(page) ?? Infinity, rounded(cpuMs - before.cpuMs)));
      }
    }
    return smallest;
  } finally {
    await nodeRed.stop();
    rmSync(dirname(store), { recursive: true, force: true });
  }
}
