import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { expressions } from './figures/expressions.ts';
import { history } from './figures/history.ts';
import { ingest } from './figures/ingest.ts';
import { instances } from './figures/instances.ts';
import { memory } from './figures/memory.ts';
import { postgres } from './figures/postgres.ts';
import { startup } from './figures/startup.ts';
import { threeEffects } from './figures/three-effects.ts';
import { tracking } from './figures/tracking.ts';
import type { BenchSetting, Figure, FigureResult } from './harness/figure.ts';
import { machine } from './harness/machine.ts';
import { killWhatIsLeft } from './harness/node-red.ts';
import { buildPalette } from './harness/palette.ts';
import { table } from './harness/report.ts';
import { rounded } from './harness/spread.ts';

/**
 * Measures the product beside its peers, in one run on one machine, by turns (docs/benchmark.md).
 *
 *     npm run bench                          the short form, about three minutes on an idle machine
 *     npm run bench -- ingest history        these figures only
 *     npm run bench -- --full                more rounds, a million runs for the memory figure
 *     npm run bench -- three-effects --profile .tmp/profiles     writes a CPU profile of Node-RED with the pack
 *     npm run bench -- --list
 *
 * A table first; the last line is JSON.
 */
const figures: Figure[] = [ingest, threeEffects, history, startup, memory, tracking, expressions, postgres, instances];

type Size = Omit<BenchSetting, 'palette' | 'nodeArguments'>;
const short: Size = {
  rounds: 3,
  seconds: 2,
  messages: 5_000,
  history: 1_000_000,
  pending: 100_000,
  postgresRuns: 4_000,
  instanceRuns: 3_000,
  memoryRuns: 50_000,
};
const full: Size = { ...short, rounds: 9, seconds: 5, messages: 50_000, postgresRuns: 20_000, memoryRuns: 1_000_000 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean' },
    list: { type: 'boolean' },
    rounds: { type: 'string' },
    'memory-runs': { type: 'string' },
    profile: { type: 'string' },
  },
});

if (values.list) {
  for (const { name, about } of figures) console.log(`${name.padEnd(14)} ${about}`);
} else {
  await measure();
}

async function measure(): Promise<void> {
  const unknown = positionals.filter((name) => !figures.some((figure) => figure.name === name));
  if (unknown.length > 0) throw new Error(`there is no figure "${unknown.join('", "')}"; --list names them`);
  const chosen = positionals.length > 0 ? figures.filter(({ name }) => positionals.includes(name)) : figures;
  const began = performance.now();
  const loadBefore = rounded(loadavg()[0] ?? 0);
  const { folder, ...palette } = await buildPalette();
  const setting: BenchSetting = {
    ...(values.full ? full : short),
    ...(values.rounds ? { rounds: Number(values.rounds) } : {}),
    ...(values['memory-runs'] ? { memoryRuns: Number(values['memory-runs']) } : {}),
    nodeArguments: values.profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve(values.profile)}`] : [],
    palette,
  };
  const results: FigureResult[] = [];
  const failed: Record<string, string> = {};
  try {
    for (const { name, run } of chosen) {
      const figureBegan = performance.now();
      try {
        results.push(...(await run(setting)));
      } catch (error) {
        failed[name] = error instanceof Error ? error.message : String(error);
        console.error(`${name} could not be measured: ${failed[name]}`);
        killWhatIsLeft();
      }
      console.error(`${name}: ${((performance.now() - figureBegan) / 1000).toFixed(1)} s`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { palette: _folders, nodeArguments: _profile, ...sizes } = setting;
  console.log(table(results));
  console.log(
    JSON.stringify({
      machine: { ...machine(), loadBefore },
      setting: sizes,
      seconds: Math.round((performance.now() - began) / 1000),
      figures: results,
      failed,
    }),
  );
  if (Object.keys(failed).length > 0) process.exitCode = 1;
}
