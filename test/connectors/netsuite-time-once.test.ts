import should from 'should';
import { InMemoryEffects } from './in-memory-effects.ts';
import { contextOf, engagementProjects, factsOf, linesOf, NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;

describe('NetSuite posted time, each entry once,', () => {
  let box: NetSuiteSandbox;
  const written = () => box.appliedByKey().filter((line) => line.startsWith('timeBill'));

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
  });
  afterEach(() => box.stop());

  it('is not written again when the same entry comes to an empty store', async () => {
    const first = await box.erp.operations['time.post'](linesOf([timeEntry(1)]), signal());
    const second = await box.another().operations['time.post'](linesOf([timeEntry(1)]), signal());
    second.should.deepEqual(first);
    written().should.deepEqual(['timeBill kantata:1 created']);
  });

  it('is corrected in place when the entry comes with other content', async () => {
    await box.erp.operations['time.post'](linesOf([timeEntry(1)]), signal());
    const corrected = timeEntry(1, { minutes: 480, version: 'v2', note: undefined, task: undefined });
    told(await box.erp.operations['time.post'](linesOf([corrected]), signal())).should.deepEqual(['ok']);
    written().should.deepEqual(['timeBill kantata:1 created', 'timeBill kantata:1 updated']);
    told(await box.another().operations['time.post'](linesOf([corrected]), signal())).should.deepEqual(['ok']);
    written().should.have.length(2);
  });

  it('ends with the last content when two versions of one entry are in a batch', async () => {
    const versions = [timeEntry(1), timeEntry(1, { minutes: 60, version: 'v2' })];
    told(await box.erp.operations['time.post'](linesOf(versions), signal())).should.deepEqual(['ok', 'ok']);
    const [posted] = await factsOf(box.erp, '2026-03-01', '2026-03-31');
    should(posted?.minutes).equal(60);
  });

  it('leaves each entry once when the process dies after a post whose result was not stored', async () => {
    for (const when of ['before-send', 'after-send'] as const) {
      const entry = timeEntry(when === 'before-send' ? 1 : 2);
      const effects = new InMemoryEffects();
      effects.crash = { atSend: 1, when };
      const [outcome] = await box.erp.operations['time.post'](
        linesOf([entry], () => effects),
        signal(),
      );
      should(outcome).have.property('failure').which.containEql({ code: 'UNEXPECTED' });
      effects.crash = undefined;
      told(
        await box.another().operations['time.post'](
          linesOf([entry], () => effects),
          signal(),
        ),
      ).should.deepEqual(['ok']);
    }
    written().should.deepEqual(['timeBill kantata:1 created', 'timeBill kantata:2 created']);
  });

  for (const [theirs, ours] of [
    ['time-tool:E4', 'time-tool:e4'],
    ['KANTATA:1', 'kantata:1'],
    ['kAntatA:1', 'kantata:1'],
  ] as const) {
    it(`as ${ours} is not written over that of ${theirs}: NetSuite takes both for one`, async () => {
      const entry = (id: string, minutes: number) => ({ ...timeEntry(1, { minutes }), id });
      told(await box.erp.operations['time.post'](linesOf([entry(theirs, 60)]), signal())).should.deepEqual(['ok']);
      const [outcome] = await box.another().operations['time.post'](linesOf([entry(ours, 90)]), signal());
      if (outcome?.ok !== false) throw new Error('the other entry was written over');
      outcome.failure.toJSON().should.containEql({
        class: 'conflict.duplicate',
        code: 'EXTERNAL_ID_CASE',
        record: `time entry ${ours}`,
        outcome: 'not-made',
      });
      told(await box.another().operations['time.post'](linesOf([entry(theirs, 45)]), signal())).should.deepEqual(['ok']);
      box
        .records('timeBill')
        .map(({ externalId, fields }) => `${externalId} ${String(fields['hours'])}`)
        .should.deepEqual([`${theirs} 45`]);
    });
  }

  it('that another instance posts in the same moment is there once, and its newest version stands', async () => {
    let late: Promise<unknown> | undefined;
    const entry = timeEntry(1);
    const posting = linesOf([entry]).map((line) => {
      // between our look and our write
      const write: typeof line.effects.write = (one) =>
        line.effects.write({
          ...one,
          send: async () => {
            late ??= box.another().operations['time.post'](linesOf([entry]), signal());
            await late;
            return one.send();
          },
        });
      return { ...line, effects: { write } };
    });
    const [outcome] = await box.erp.operations['time.post'](posting, signal());
    should(outcome).have.property('failure').which.containEql({ class: 'transient.locked', code: 'MADE_MEANWHILE', outcome: 'not-made' });
    told(await box.erp.operations['time.post'](linesOf([entry]), signal())).should.deepEqual(['ok']);
    written().should.deepEqual(['timeBill kantata:1 created']);
  });

  it('keeps odd characters of a business id, signed by token too', async () => {
    const odd = [timeEntry(1, { id: "file:O'Neil/7 (b) ä&?" }), timeEntry(2, { id: "file:''" })];
    const erp = box.another({ auth: box.tbaAuth() });
    told(await erp.operations['time.post'](linesOf(odd), signal())).should.deepEqual(['ok', 'ok']);
    told(await erp.operations['time.post'](linesOf(odd), signal())).should.deepEqual(['ok', 'ok']);
    written().sort().should.deepEqual(["timeBill file:'' created", "timeBill file:O'Neil/7 (b) ä&? created"]);
  });

  it('whose answer was lost is posted once', async () => {
    box.sim.faults.add({ kind: 'dropAfter', match: { method: 'POST', path: 'timeBill$', bodyContains: 'kantata___1"' } });
    const effects = new InMemoryEffects();
    const [lost] = await box.erp.operations['time.post'](
      linesOf([timeEntry(1)], () => effects),
      signal(),
    );
    should(lost)
      .have.property('failure')
      .which.containEql({ class: 'transient.timeout', outcome: 'unknown', record: 'time entry kantata:1' });
    told(
      await box.erp.operations['time.post'](
        linesOf([timeEntry(1)], () => effects),
        signal(),
      ),
    ).should.deepEqual(['ok']);
    written().should.deepEqual(['timeBill kantata:1 created']);
  });
});
