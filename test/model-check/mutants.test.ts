import 'should';
import { hunt } from './mutant-lab.ts';
import { mutants } from './mutants.ts';

/** A check that no bug can fail proves nothing: each of these bugs, put into a copy of the engine, must be noticed. */
describe('Model check: seeded bugs of the protocol are noticed', function () {
  this.timeout(120_000);
  const noticedBugs = new Set<string>();

  for (const mutant of mutants) {
    it(mutant.survives ? `${mutant.name} (not to be told apart: ${mutant.survives})` : mutant.name, async () => {
      const noticed = await hunt(mutant, { executions: mutant.store === 'memory' ? 1_000 : 120 }, mutant.survives === undefined);
      if (noticed) noticedBugs.add(mutant.name);
      if (mutant.survives === undefined) (noticed?.what ?? '').should.not.equal('', `nobody noticed that ${mutant.name}`);
    });
  }

  it('at least 95 of 100 are noticed', () => {
    const caught = noticedBugs.size;
    const survivors = mutants.filter(({ name }) => !noticedBugs.has(name)).map(({ name }) => name);
    console.log(`      ${caught} of ${mutants.length} noticed; not noticed: ${survivors.join('; ') || 'none'}`);
    mutants.length.should.be.aboveOrEqual(25);
    (caught / mutants.length).should.be.aboveOrEqual(0.95);
  });
});
