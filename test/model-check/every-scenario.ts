import 'should';
import { explore, wander } from './explore.ts';
import { realEngine } from './real-subject.ts';
import { scenarios } from './scenarios.ts';

/** Tries so many orders of each scenario: at random with all its faults, and one after the other with at most one. */
export function everyScenarioHolds(orders: { random: number; executions: number }): void {
  const totals = { executions: 0, states: 0, complete: 0 };

  for (const scenario of scenarios) {
    it(scenario.name, async () => {
      const walked = await wander(realEngine, scenario, { executions: orders.random, random: 1 });
      explained(walked.violation).should.equal('');
      const bounds = { executions: orders.executions };
      const explored = await explore(realEngine, { ...scenario, budget: Math.min(scenario.budget, 1) }, bounds);
      explained(explored.violation).should.equal('');
      totals.executions += walked.executions + explored.executions;
      totals.states += explored.states;
      if (explored.complete) totals.complete++;
    });
  }

  after(() => {
    console.log(
      `      ${totals.executions} executions, ${totals.states} distinct states; ${totals.complete} of ${scenarios.length} scenarios in full for one fault`,
    );
  });
}

export function explained(violation: { what: string; trace: string[] } | undefined): string {
  return violation ? `${violation.what}, after:\n  ${violation.trace.join('\n  ')}` : '';
}
