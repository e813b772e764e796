import 'should';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { call, failureOf, project, projectRecords, startKantata } from './kantata-sandbox.ts';

describe('Kantata: a project is made once', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    kantata = await startKantata();
  });
  afterEach(() => kantata.stop());

  it('makes nothing new on a second run, even over a lost store', async () => {
    const psa = kantata.connect();
    const effects = new InMemoryEffects();
    const first = await psa.operations['psa-project.create']([project], call(effects));
    const changes = kantata.changes();
    (await psa.operations['psa-project.create']([project], call(effects))).should.deepEqual(first);
    (await kantata.connect().operations['psa-project.create']([project], call(new InMemoryEffects()))).should.deepEqual(first);
    kantata.changes().should.equal(changes);
  });

  for (const when of ['before-send', 'after-send'] as const) {
    it(`leaves each record once, whichever write the process is killed at (${when})`, async () => {
      const psa = kantata.connect();
      for (let number = 1; number <= projectRecords.length; number++) {
        const code = `ENG-1${String(number).padStart(3, '0')}`;
        const own = { ...project, code, engagementCode: code };
        const effects = new InMemoryEffects();
        effects.crash = { atSend: number, when };
        await psa.operations['psa-project.create']([own], call(effects)).should.be.rejectedWith(ProcessDied);
        effects.crash = undefined;
        await kantata.connect().operations['psa-project.create']([own], call(effects));
        const made = kantata.made().filter((name) => name.includes(code));
        made.toSorted().should.deepEqual(projectRecords.map((name) => name.replace('ENG-0001', code)).toSorted());
      }
    });
  }

  it('finds a record whose answer was lost instead of making it twice', async () => {
    const effects = new InMemoryEffects();
    for (let skip = 0; skip < projectRecords.length; skip++) {
      kantata.fault({ kind: 'dropAfter', match: { method: 'POST' }, after: 0 });
      const failure = await failureOf(kantata.connect().operations['psa-project.create']([project], call(effects)));
      failure.should.have.properties({ class: 'transient.timeout', outcome: 'unknown' });
      String(failure.record).should.match(/ENG-0001/);
    }
    await kantata.connect().operations['psa-project.create']([project], call(effects));
    kantata.made().should.deepEqual(projectRecords);
  });

  it('sends again what was lost before it arrived, once it is certain', async () => {
    const effects = new InMemoryEffects();
    const psa = kantata.connect({ settleAfterMs: 60_000 });
    kantata.fault({ kind: 'dropBefore', match: { method: 'POST' } });
    (await failureOf(psa.operations['psa-project.create']([project], call(effects)))).outcome?.should.equal('unknown');
    const early = await failureOf(psa.operations['psa-project.create']([project], call(effects)));
    early.should.have.properties({ class: 'transient.unavailable', code: 'NOT_SETTLED_YET' });
    Number(early.retryAfterMs).should.be.belowOrEqual(60_000);
    kantata.made().should.deepEqual([]);
    await kantata.connect().operations['psa-project.create']([project], call(effects));
    kantata.made().should.deepEqual(projectRecords);
  });

  for (const [status, expected, outcome] of [
    [429, 'transient.throttled', 'not-made'],
    [503, 'transient.unavailable', 'not-made'],
    [504, 'transient.timeout', 'unknown'],
    [500, 'transient.unavailable', 'unknown'],
    [403, 'auth.denied', 'not-made'],
    [408, 'transient.timeout', 'unknown'],
    [409, 'conflict.stale', 'not-made'],
    [423, 'transient.locked', 'not-made'],
  ] as const) {
    it(`goes on after a ${status} without making anything twice`, async () => {
      const effects = new InMemoryEffects();
      kantata.fault({ kind: 'status', status, match: { method: 'POST', path: 'stories' }, after: 2, body: { errors: [] } });
      const failure = await failureOf(kantata.connect().operations['psa-project.create']([project], call(effects)));
      failure.should.have.properties({ class: expected, outcome, status });
      await kantata.connect().operations['psa-project.create']([project], call(effects));
      kantata.made().should.deepEqual(projectRecords);
    });
  }
});
