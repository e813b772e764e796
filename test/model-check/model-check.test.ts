import 'should';
import { everyScenarioHolds, explained } from './every-scenario.ts';
import { wander } from './explore.ts';
import { realEngineOverSqlite } from './real-subject.ts';
import { scenarios } from './scenarios.ts';
import { fitsSqlite } from './sqlite-place.ts';

/**
 * The engine's own code, every step of which a scheduler decides: each order of steps with at most one fault is tried, or
 * as many as the bound allows, and some orders with all the faults of the scenario. `npm run model-check` tries far more.
 */
describe('Model check: whatever happens in whatever order, each event is worked off and each record created once', function () {
  this.timeout(60_000);
  everyScenarioHolds({ random: 30, executions: 300 });

  it('also over the embedded store', async () => {
    const { subject, remove } = await realEngineOverSqlite();
    try {
      for (const scenario of scenarios.filter(fitsSqlite)) {
        const walked = await wander(subject, scenario, { executions: 3, random: 1 });
        explained(walked.violation).should.equal('');
      }
    } finally {
      remove();
    }
  });
});
