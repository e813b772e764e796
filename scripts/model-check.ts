/**
 * `node scripts/model-check.ts --watermarks 25000` plays so many schedules of each kind against the pollers (test/model-check/watermark.test.ts).
 *
 * Otherwise the long form of the model check, on all cores: tries every order of steps and faults of each scenario.
 * `--executions` for each scenario at most; what that cuts off is sampled by as many at random, at most `--random`.
 * `--sqlite` for each over the embedded store. `--deeper` adds one fault more, and more events. `--only` part of a name.
 * Prints a line for each, and JSON last.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Checked } from '../test/model-check/check-worker.ts';
import { deeperScenarios, scenarios } from '../test/model-check/scenarios.ts';
import { fitsSqlite } from '../test/model-check/sqlite-place.ts';

const { values } = parseArgs({
  options: {
    watermarks: { type: 'string' },
    executions: { type: 'string', default: '50000' },
    random: { type: 'string', default: '2000' },
    sqlite: { type: 'string', default: '100' },
    only: { type: 'string', default: '' },
    deeper: { type: 'boolean', default: false },
  },
});

if (values.watermarks) {
  const tests = ['node_modules/mocha/bin/mocha.js', '--no-config', '--require', 'should', '--exit', 'test/model-check/watermark.test.ts'];
  const env = { ...process.env, WATERMARK_SCHEDULES: values.watermarks };
  process.exit(spawnSync(process.execPath, tests, { stdio: 'inherit', env }).status ?? 1);
}

const chosen = (values.deeper ? [...scenarios, ...deeperScenarios] : scenarios).filter(({ name }) => name.includes(values.only));
const random = Number(values.random);
const inMemory = chosen.map((scenario) => ({ scenario, store: 'memory', executions: Number(values.executions), random }));
const embedded = chosen
  .filter(fitsSqlite)
  .map((scenario) => ({ scenario, store: 'sqlite', executions: Number(values.sqlite), random: Number(values.sqlite) }));
const jobs = [...inMemory, ...embedded].filter(({ executions }) => executions > 0);

const totals = { scenarios: chosen.length, complete: 0, executions: 0, states: 0, transitions: 0, violations: 0, seconds: 0 };
const sqlite = { executions: 0, states: 0, complete: 0 };
const began = Date.now();
const next = jobs.values();
await Promise.all(Array.from({ length: availableParallelism() }, work));
totals.seconds = Math.round((Date.now() - began) / 1000);
console.log(JSON.stringify({ ...totals, sqlite }));
process.exitCode = totals.violations > 0 ? 1 : 0;

/** One worker takes one scenario after the other. */
async function work(): Promise<void> {
  const worker = new Worker(new URL('../test/model-check/check-worker.ts', import.meta.url));
  for (const job of next) {
    const answer = once(worker, 'message'); // or the worker's error
    worker.postMessage(job);
    const [checked] = (await answer) as [Checked];
    report(job, checked);
  }
  await worker.terminate();
}

function report({ scenario, store }: (typeof jobs)[number], { explored, walked, violation }: Checked): void {
  const sum = store === 'memory' ? totals : sqlite;
  sum.executions += explored.executions + walked;
  sum.states += explored.states;
  if (store === 'memory') totals.transitions += explored.transitions;
  if (explored.complete) sum.complete++;
  const extent = explored.complete ? 'in full' : `to the bound, and ${walked} at random`;
  const sizes = `${String(explored.executions).padStart(7)} executions ${String(explored.states).padStart(7)} states`;
  console.log(`${sizes}  ${scenario.name} (${store}): ${extent}`);
  if (!violation) return;
  totals.violations++;
  console.log(`  VIOLATED: ${violation.what}, after:\n    ${violation.trace.join('\n    ')}`);
}
