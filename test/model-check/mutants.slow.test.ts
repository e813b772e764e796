import 'should';
import { hunt } from './mutant-lab.ts';
import { mutants } from './mutants.ts';

/** A check that no bug can fail proves nothing: each of these bugs, put into a copy of the engine, must be noticed. */
describe('Model check: seeded bugs of the protocol are noticed', function () {
  this.timeout(120_000);
  let noticed = 0;

  for (const mutant of mutants) {
    it(mutant.name, async () => {
      const violation = await hunt(mutant, { executions: mutant.store === 'memory' ? 1_000 : 120 });
      if (violation) noticed++;
      (violation?.what ?? '').should.not.equal('', `nobody noticed that ${mutant.name}`);
    });
  }

  after(() => console.log(`      ${noticed} of ${mutants.length} noticed`));
});
