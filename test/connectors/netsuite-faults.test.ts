import should from 'should';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { anewWithProjects, factsOf, failureOf, linesOf, type NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;
const batch = (size: number) => Array.from({ length: size }, (_, index) => timeEntry(index + 1));

describe('NetSuite in trouble', () => {
  let box: NetSuiteSandbox;
  /** where time is made */
  const match = { method: 'POST', path: 'timeBill$' };
  const posts = () => box.sim.journal.entries.filter((entry) => entry.method === 'POST' && entry.path.includes('timeBill'));
  const written = () => box.appliedByKey().filter((line) => line.startsWith('timeBill'));

  anewWithProjects((sandbox) => (box = sandbox));

  it('is signed in to by OAuth 2.0 and by token, and says so', async () => {
    (await box.erp.test()).should.containEql({ ok: true });
    const test = await box.another({ auth: box.tbaAuth() }).test();
    test.should.containEql({ ok: true });
    test.message.should.match(/1234567_SB1 \(token-based\); legal entities DE01, NL01/);
  });

  it('posts with token-based signatures over encoded external ids', async () => {
    told(await box.another({ auth: box.tbaAuth() }).operations['time.post'](linesOf(batch(3)), signal())).should.deepEqual([
      'ok',
      'ok',
      'ok',
    ]);
  });

  it('takes an elliptic-curve certificate too', async () => {
    const { clientId, ecCertificateId, ecPrivateKey } = netsuite.credentials(box.sim);
    const auth = { kind: 'oauth2', clientId: clientId!, certificateId: ecCertificateId!, privateKey: ecPrivateKey! } as const;
    (await box.another({ auth }).test()).should.containEql({ ok: true });
  });

  it('denies wrong credentials at once, with what to check', async () => {
    const auth = { ...box.tbaAuth(), tokenSecret: 'wrong' } as ReturnType<typeof box.tbaAuth>;
    const test = await box.another({ auth }).test();
    test.should.containEql({ ok: false });
    should(test.details).containEql({ class: 'auth.denied' });
    const wrongClient = await box.another({ auth: { ...box.oauth2Auth(), clientId: 'other' } }).test();
    should(wrongClient.details).containEql({ class: 'auth.denied' });
    wrongClient.message.should.match(/certificate/);
  });

  for (const hours of [-7, 30]) {
    it(`is reached by a machine whose clock is ${hours} hours off`, async () => {
      const now = () => Date.now() + hours * 3_600_000;
      told(await box.another({}, { now }).operations['time.post'](linesOf(batch(9)), signal())).should.deepEqual(Array(9).fill('ok'));
      const tba = box.another({ auth: box.tbaAuth() }, { now });
      told(await tba.operations['time.post'](linesOf(batch(20).slice(9)), signal())).should.deepEqual(Array(11).fill('ok'));
    });
  }

  it('is reached although a proxy answers with another time than NetSuite', async () => {
    box.sim.clock.set(new Date(Date.now() + 7 * 3_600_000));
    (await box.another().test()).should.containEql({ ok: true });
    const tba = box.another({ auth: box.tbaAuth() });
    told(await tba.operations['time.post'](linesOf(batch(9)), signal())).should.deepEqual(Array(9).fill('ok'));
  });

  it('may forget the access token in the middle of a batch', async () => {
    box.sim.faults.add({ kind: 'expireToken', match, after: 3 });
    told(await box.erp.operations['time.post'](linesOf(batch(12)), signal())).should.deepEqual(Array(12).fill('ok'));
    written().should.have.length(12);
  });

  it('that is throttled gets no more lines of the batch, and each of them later once', async () => {
    const body = { title: 'Bad Request', status: 429, 'o:errorDetails': [{ detail: 'x', 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }] };
    box.sim.faults.add({ kind: 'status', status: 429, body, match, after: 5, times: -1 });
    const stores = new Map<string, InMemoryEffects>();
    const store = (id: string) => stores.get(id) ?? stores.set(id, new InMemoryEffects()).get(id)!;
    const lines = () => linesOf(batch(60), (entry) => store(entry.id));
    const outcomes = await box.erp.operations['time.post'](lines(), signal());
    outcomes.filter((outcome) => outcome.ok).should.have.length(5);
    outcomes
      .filter((outcome) => !outcome.ok)
      .forEach((outcome) => {
        should(outcome).have.property('failure').which.containEql({ class: 'transient.throttled', outcome: 'not-made' });
      });
    posts().length.should.be.belowOrEqual(5 + 4);
    box.sim.faults.clear();
    told(await box.erp.operations['time.post'](lines(), signal())).should.deepEqual(Array(60).fill('ok'));
    written().should.have.length(60);
    new Set(written()).size.should.equal(60);
  });

  it('under maintenance takes nothing and loses nothing', async () => {
    netsuite.load(box.sim, { maintenance: true });
    const outcomes = await box.erp.operations['time.post'](linesOf(batch(20)), signal());
    told(outcomes).should.deepEqual(Array(20).fill('transient.unavailable ACCT_TEMP_UNAVAILABLE'));
    posts().should.have.length(0);
    netsuite.load(box.sim, { maintenance: false });
    told(await box.erp.operations['time.post'](linesOf(batch(20)), signal())).should.deepEqual(Array(20).fill('ok'));
  });

  it('whose limit other integrations use up refuses, and the rest is posted on the next try', async () => {
    netsuite.load(box.sim, { concurrencyLimit: 2, latencyMs: 5 });
    const stores = new Map(batch(30).map((entry) => [entry.id, new InMemoryEffects()]));
    const post = () =>
      box.another({ concurrency: 4 }).operations['time.post'](
        linesOf(batch(30), (entry) => stores.get(entry.id)!),
        signal(),
      );
    const classes = new Set(told(await post()));
    [...classes].filter((outcome) => outcome !== 'ok').should.deepEqual(['transient.throttled CONCURRENCY_LIMIT_EXCEEDED']);
    netsuite.load(box.sim, { concurrencyLimit: 5 });
    told(await post()).should.deepEqual(Array(30).fill('ok'));
    written().should.have.length(30);
  });

  for (const [overload, code] of [
    ['loginFailure', 'INVALID_LOGIN_ATTEMPT'],
    ['invalidLogin', 'INVALID_LOGIN'],
  ]) {
    it(`that shows overload as a failed login by ${code} is throttled, not denied`, async () => {
      told(await box.erp.operations['time.post'](linesOf([timeEntry(500)]), signal())).should.deepEqual(['ok']);
      netsuite.load(box.sim, { concurrencyLimit: 1, latencyMs: 5, overload });
      const outcomes = told(await box.erp.operations['time.post'](linesOf(batch(10)), signal()));
      outcomes.should.not.containEql(`auth.denied ${code}`);
      outcomes.should.containEql(`transient.throttled ${code}`);
      netsuite.load(box.sim, { concurrencyLimit: 5 });
      told(await box.erp.operations['time.post'](linesOf(batch(10)), signal())).should.deepEqual(Array(10).fill('ok'));
    });
  }

  it('that cuts every connection is left alone after a few lines', async () => {
    box.sim.faults.add({ kind: 'dropBefore', match, times: -1 });
    const outcomes = told(await box.erp.operations['time.post'](linesOf(batch(40)), signal()));
    outcomes.filter((outcome) => outcome.startsWith('transient.timeout')).length.should.be.within(3, 8);
    outcomes.filter((outcome) => outcome.startsWith('transient.unavailable')).length.should.be.above(30);
    box.sim.faults.clear();
    told(await box.erp.operations['time.post'](linesOf(batch(40)), signal())).should.deepEqual(Array(40).fill('ok'));
    written().should.have.length(40);
  });

  it('that fails on one entry alone takes all the others', async () => {
    const body = { title: 'x', status: 500, 'o:errorDetails': [{ detail: 'x', 'o:errorCode': 'UNEXPECTED_ERROR' }] };
    box.sim.faults.add({ kind: 'status', status: 500, body, match: { ...match, bodyContains: 'kantata___2"' }, times: -1 });
    const outcomes = told(await box.erp.operations['time.post'](linesOf(batch(40)), signal()));
    outcomes.filter((outcome) => outcome !== 'ok').should.deepEqual(['transient.unavailable UNEXPECTED_ERROR']);
  });

  it('loses some answers of a batch, and each entry is there once all the same', async () => {
    box.sim.faults.add({ kind: 'dropAfter', match, after: 2, times: 2 });
    const stores = new Map(batch(10).map((entry) => [entry.id, new InMemoryEffects()]));
    const post = () =>
      box.another().operations['time.post'](
        linesOf(batch(10), (entry) => stores.get(entry.id)!),
        signal(),
      );
    told(await post())
      .filter((outcome) => outcome.startsWith('transient.timeout'))
      .should.have.length(2);
    told(await post()).should.deepEqual(Array(10).fill('ok'));
    written()
      .sort()
      .should.deepEqual(
        batch(10)
          .map((entry) => `timeBill ${entry.id} created`)
          .sort(),
      );
  });

  it('denies one subsidiary to the role: only lines of it are refused', async () => {
    const dutch = timeEntry(2, {
      resource: { id: '12', email: 'tom.smit@firm.example' },
      project: { id: '901', code: 'ENG-0001-NL01' },
      task: undefined,
    });
    told(await box.erp.operations['time.post'](linesOf([timeEntry(1), dutch, timeEntry(3)]), signal())).should.deepEqual([
      'ok',
      'ok',
      'ok',
    ]);
    netsuite.load(box.sim, { restrictedSubsidiaries: ['NL01'] });
    const corrected = { ...dutch, minutes: 15, version: 'v2' };
    const outcomes = await box.another().operations['time.post'](linesOf([corrected, ...batch(20).slice(3)]), signal());
    outcomes[0]!.ok.should.be.false();
    outcomes
      .slice(1)
      .every((outcome) => outcome.ok)
      .should.be.true();
  });

  it('stops a batch when the flow is stopped, without a line in doubt', async () => {
    const stop = new AbortController();
    // eight are begun at once, four of them sent; the ninth begins when what is posted already has been read
    const lines = linesOf(batch(40));
    const posting = box.erp.operations['time.post'](
      lines.map((line, index) => ({
        ...line,
        effects: {
          write: async (write) => {
            if (index === 8) stop.abort();
            return line.effects.write(write);
          },
        },
      })),
      stop.signal,
    );
    const outcomes = await posting;
    outcomes.slice(16).forEach((outcome) => {
      should(outcome).have.property('failure').which.containEql({ code: 'ABORTED', outcome: 'not-made' });
    });
    told(await box.erp.operations['time.post'](linesOf(batch(40)), signal())).should.deepEqual(Array(40).fill('ok'));
    written().should.have.length(40);
  });

  it('shows its state without secrets', async () => {
    box.sim.faults.add({ kind: 'status', status: 503, match: { path: 'suiteql' } });
    (await failureOf(factsOf(box.erp, '2026-03-01', '2026-03-31'))).should.containEql({ class: 'transient.unavailable', code: 'HTTP_503' });
    const health = box.erp.health();
    health.should.containEql({ inFlight: 0, concurrency: 4 });
    should(health['lastFailure']).containEql({ class: 'transient.unavailable' });
    JSON.stringify(health).should.not.match(/secret|PRIVATE/i);
  });
});
