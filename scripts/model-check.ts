/**
 * `node scripts/model-check.ts --watermarks 25000` plays so many schedules of each kind against the pollers (test/model-check/watermark.test.ts).
 *
 * Otherwise the long form of the model check: `node scripts/model-check.ts [executions for each scenario] [part of a scenario's name]`.
 * Tries every order of steps and faults of each scenario, with one fault more and more events than `npm test` does.
 * Prints a line for each, and JSON last.
 */
import { spawnSync } from 'node:child_process';
import { explore, wander } from '../test/model-check/explore.ts';
import { realEngine } from '../test/model-check/real-subject.ts';
import { longScenarios } from '../test/model-check/scenarios.ts';

if (process.argv[2] === '--watermarks') {
  const tests = ['node_modules/mocha/bin/mocha.js', '--no-config', '--require', 'should', '--exit', 'test/model-check/watermark.test.ts'];
  const env = { ...process.env, WATERMARK_SCHEDULES: process.argv[3] ?? '25000' };
  process.exit(spawnSync(process.execPath, tests, { stdio: 'inherit', env }).status ?? 1);
}

const [most = '50000', only = ''] = process.argv.slice(2);
const executions = Number(most);
const totals = { scenarios: 0, complete: 0, executions: 0, states: 0, randomExecutions: 0, violations: 0, seconds: 0 };
const began = Date.now();

for (const scenario of longScenarios.filter(({ name }) => name.includes(only))) {
  const explored = await explore(realEngine, scenario, { executions });
  // what the bound cut off is at least sampled
  const walked = explored.complete || explored.violation ? undefined : await wander(realEngine, scenario, { executions, random: 1 });
  const violation = explored.violation ?? walked?.violation;
  totals.scenarios++;
  if (explored.complete) totals.complete++;
  totals.executions += explored.executions;
  totals.states += explored.states;
  totals.randomExecutions += walked?.executions ?? 0;
  const extent = explored.complete ? 'in full' : `to the bound, and ${walked?.executions ?? 0} at random`;
  console.log(
    `${String(explored.executions).padStart(7)} executions ${String(explored.states).padStart(7)} states  ${scenario.name}: ${extent}`,
  );
  if (!violation) continue;
  totals.violations++;
  console.log(`  VIOLATED: ${violation.what}, after:\n    ${violation.trace.join('\n    ')}`);
}
totals.seconds = Math.round((Date.now() - began) / 1000);
console.log(JSON.stringify(totals));
process.exitCode = totals.violations > 0 ? 1 : 0;
