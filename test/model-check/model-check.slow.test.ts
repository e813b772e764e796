import { spawnSync } from 'node:child_process';
import should from 'should';
import { everyScenarioHolds } from './every-scenario.ts';
import { explore } from './explore.ts';
import { realEngine } from './real-subject.ts';
import { scenarios } from './scenarios.ts';
import { fitsSqlite } from './sqlite-place.ts';

describe('Model check, in more orders', function () {
  this.timeout(60_000);
  everyScenarioHolds({ random: 100, executions: 1_000 });

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
});
