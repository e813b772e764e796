import { spawnSync } from 'node:child_process';
import should from 'should';
import { explore, wander } from './explore.ts';
import { realEngine, realEngineOverSqlite } from './real-subject.ts';
import { scenarios } from './scenarios.ts';
import { fitsSqlite } from './sqlite-place.ts';

/**
 * The engine's own code, every step of which a scheduler decides: each order of steps with at most one fault is tried, or
 * as many as the bound allows, and some orders with all the faults of the scenario. `npm run model-check` tries far more.
 */
describe('Model check: whatever happens in whatever order, each event is worked off and each record created once', function () {
  this.timeout(60_000);
  const totals = { executions: 0, states: 0, complete: 0 };

  for (const scenario of scenarios) {
    it(scenario.name, async () => {
      const walked = await wander(realEngine, scenario, { executions: 100, random: 1 });
      explained(walked.violation).should.equal('');
      const explored = await explore(realEngine, { ...scenario, budget: Math.min(scenario.budget, 1) }, { executions: 1_000 });
      explained(explored.violation).should.equal('');
      totals.executions += walked.executions + explored.executions;
      totals.states += explored.states;
      if (explored.complete) totals.complete++;
    });
  }

  it('also over the embedded store', async () => {
    const { subject, remove } = await realEngineOverSqlite();
    try {
      for (const scenario of scenarios.filter(fitsSqlite)) {
        const walked = await wander(subject, scenario, { executions: 3, random: 1 });
        explained(walked.violation).should.equal('');
        totals.executions += walked.executions;
      }
    } finally {
      remove();
    }
  });

  it('comes to the same verdict whether or not it leaves out what it has met before', async () => {
    const scenario = { ...scenarios.find(({ name }) => name.startsWith('the same write'))!, faults: ['dropped' as const] };
    const pruned = await explore(realEngine, scenario, { executions: 5_000 });
    const whole = await explore(realEngine, scenario, { executions: 5_000, prune: false });
    [pruned.complete, whole.complete].should.eql([true, true]);
    [pruned.violation, whole.violation].should.eql([undefined, undefined]);
    whole.states.should.equal(pruned.states);
    whole.executions.should.be.aboveOrEqual(pruned.executions);
  });

  it('has a long form that goes through all it is asked for', () => {
    const asked = ['scripts/model-check.ts', '--only', 'look', '--executions', '20', '--random', '5', '--sqlite', '2'];
    const { status, stdout } = spawnSync(process.execPath, asked, { encoding: 'utf8', timeout: 50_000 });
    const lines = stdout.trim().split('\n');
    const looks = scenarios.filter(({ name }) => name.includes('look'));
    should(status).equal(0);
    lines.should.have.length(looks.length + looks.filter(fitsSqlite).length + 1);
    (JSON.parse(lines.at(-1)!) as object).should.have.properties({ scenarios: looks.length, violations: 0 });
  });

  after(() => {
    console.log(
      `      ${totals.executions} executions, ${totals.states} distinct states; ${totals.complete} of ${scenarios.length} scenarios in full for one fault`,
    );
  });
});

function explained(violation: { what: string; trace: string[] } | undefined): string {
  return violation ? `${violation.what}, after:\n  ${violation.trace.join('\n  ')}` : '';
}
