/**
 * The long form of the model check: `node scripts/model-check.ts [executions for each scenario] [part of a scenario's name]`.
 * Tries every order of steps and faults of each scenario, with one fault more and more events than `npm test` does.
 * Prints a line for each, and JSON last.
 */
import { explore, wander } from '../test/model-check/explore.ts';
import { realEngine } from '../test/model-check/real-subject.ts';
import { longScenarios } from '../test/model-check/scenarios.ts';

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
