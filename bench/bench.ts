import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compare, comparisonTable } from './against/compare.ts';
import { throughputs } from './against/throughput.ts';
import { expressions } from './figures/expressions.ts';
import { history } from './figures/history.ts';
import { ingest } from './figures/ingest.ts';
import { instances } from './figures/instances.ts';
import { memory } from './figures/memory.ts';
import { monthVolume } from './figures/month-volume.ts';
import { pagesFigure } from './figures/pages.ts';
import { postgres } from './figures/postgres.ts';
import { queryJob } from './figures/query-job.ts';
import { startup } from './figures/startup.ts';
import { stream } from './figures/stream.ts';
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
 *     npm run bench -- --against ../base     what a message costs in this checkout, by what it costs in another one
 *     npm run bench -- --list
 *
 * A table first; the last line is JSON.
 */
const figures: Figure[] = [
  ...[ingest, threeEffects, history, startup, memory, tracking, expressions, stream, queryJob, monthVolume, pagesFigure],
  ...[postgres, instances],
];

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
  queriedRows: 100_000,
  monthEntries: 4_000,
  monthExpenses: 1_000,
  erpLatencyMs: 200,
};
const full: Size = {
  ...short,
  rounds: 9,
  seconds: 5,
  messages: 50_000,
  postgresRuns: 20_000,
  memoryRuns: 1_000_000,
  queriedRows: 1_000_000,
  monthEntries: 200_000,
  monthExpenses: 50_000,
  erpLatencyMs: 100,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean' },
    against: { type: 'string' },
    list: { type: 'boolean' },
    rounds: { type: 'string' },
    'memory-runs': { type: 'string' },
    'queried-rows': { type: 'string' },
    'month-entries': { type: 'string' },
    'month-expenses': { type: 'string' },
    'erp-latency': { type: 'string' },
    profile: { type: 'string' },
  },
});

if (values.list) {
  for (const { name, about } of figures) console.log(`${name.padEnd(16)} ${about}`);
  console.log('\nwith --against:');
  for (const { name, about } of throughputs) console.log(`${name.padEnd(16)} ${about}`);
} else if (values.against !== undefined) {
  await measureAgainst(resolve(values.against));
} else {
  await measure();
}

/** Those that were named, or all. */
function chosenOf<Named extends { name: string }>(all: readonly Named[]): readonly Named[] {
  const unknown = positionals.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`there is no figure "${unknown.join('", "')}"; --list names them`);
  return positionals.length > 0 ? all.filter(({ name }) => positionals.includes(name)) : all;
}

async function measureAgainst(there: string): Promise<void> {
  const here = fileURLToPath(new URL('..', import.meta.url));
  const most = values.rounds ? Number(values.rounds) : values.full ? 24 : 12;
  const loadBefore = rounded(loadavg()[0] ?? 0);
  const comparison = await compare(here, there, chosenOf(throughputs), { generations: { least: Math.min(4, most), most }, pairs: 12 });
  console.log(comparisonTable(comparison.compared));
  console.log(JSON.stringify({ machine: { ...machine(), loadBefore }, ...comparison }));
  if (!comparison.held) process.exitCode = 1;
}

async function measure(): Promise<void> {
  const chosen = chosenOf(figures);
  const began = performance.now();
  const loadBefore = rounded(loadavg()[0] ?? 0);
  const { folder, ...palette } = await buildPalette();
  const setting: BenchSetting = {
    ...(values.full ? full : short),
    ...(values.rounds ? { rounds: Number(values.rounds) } : {}),
    ...(values['memory-runs'] ? { memoryRuns: Number(values['memory-runs']) } : {}),
    ...(values['queried-rows'] ? { queriedRows: Number(values['queried-rows']) } : {}),
    ...(values['month-entries'] ? { monthEntries: Number(values['month-entries']) } : {}),
    ...(values['month-expenses'] ? { monthExpenses: Number(values['month-expenses']) } : {}),
    ...(values['erp-latency'] ? { erpLatencyMs: Number(values['erp-latency']) } : {}),
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
