import should from 'should';
import type { BatchLine } from '../../model/operations.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { anewWithProjects, factsOf, linesOf, type NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;

describe('NetSuite posted time, each entry once,', () => {
  let box: NetSuiteSandbox;
  const written = () => box.appliedByKey().filter((line) => line.startsWith('timeBill'));
  anewWithProjects((sandbox) => (box = sandbox));

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

  /** The entry as it is posted while another instance posts it, between our look and our write. */
  const raced = (entry: TimeEntry, { effects = new InMemoryEffects(), then = () => {} } = {}) => {
    let late: Promise<unknown> | undefined;
    const posting = linesOf([entry], () => effects).map((line): BatchLine<TimeEntry> => ({
      ...line,
      effects: {
        write: (write) =>
          line.effects.write({
            ...write,
            send: async (attempt) => {
              late ??= box.another().operations['time.post'](linesOf([entry]), signal());
              await late;
              then();
              return write.send(attempt);
            },
          }),
      },
    }));
    return box.erp.operations['time.post'](posting, signal());
  };

  it('that another instance posts in the same moment is there once, and its newest version stands', async () => {
    const entry = timeEntry(1);
    const [outcome] = await raced(entry);
    should(outcome).have.property('failure').which.containEql({ class: 'transient.locked', code: 'MADE_MEANWHILE', outcome: 'not-made' });
    told(await box.erp.operations['time.post'](linesOf([entry]), signal())).should.deepEqual(['ok']);
    written().should.deepEqual(['timeBill kantata:1 created']);
  });

  it('whose id is taken is tried again when nobody can say by whom at the moment', async () => {
    const look = { method: 'GET', path: 'timeBill/eid' };
    const busy = { 'o:errorDetails': [{ detail: 'busy', 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }], status: 429 };
    for (const [at, answer] of [{ status: 503 }, { status: 404, body: '<html>not here</html>' }, { status: 429, body: busy }].entries()) {
      const entry = timeEntry(at + 1);
      const [outcome] = await raced(entry, { then: () => box.sim.faults.add({ kind: 'status', match: look, ...answer }) });
      if (outcome?.ok !== false) throw new Error('it was posted twice');
      outcome.failure.toJSON().should.containEql({ record: `time entry kantata:${at + 1}`, outcome: 'not-made' });
      outcome.failure.class.should.match(/^transient/);
      told(await box.erp.operations['time.post'](linesOf([entry]), signal())).should.deepEqual(['ok']);
    }
    written().should.have.length(3);
  });

  for (const [words, detail, status = 400] of [
    ['a code of its own and the field', { 'o:errorCode': 'INVALID_FLD_VALUE', 'o:errorPath': 'externalId' }],
    ['the code of duplicates', { 'o:errorCode': 'DUP_RCRD' }],
    ['the status of a conflict', {}, 409],
  ] as const) {
    it(`whose id is taken, told with ${words}, is looked at before it is used`, async () => {
      const body = { 'o:errorDetails': [{ detail: 'It exists.', ...detail }], status };
      const then = () => box.sim.faults.add({ kind: 'status', status, body, match: { method: 'POST', path: 'timeBill$' } });
      told(await raced(timeEntry(1), { then })).should.deepEqual(['transient.locked MADE_MEANWHILE']);
    });
  }

  it('whose first answer was lost is still this run’s when the second is refused because of it', async () => {
    const effects = new InMemoryEffects();
    box.sim.faults.add({ kind: 'dropBefore', match: { method: 'POST', path: 'timeBill$' } });
    await box.erp.operations['time.post'](
      linesOf([timeEntry(1)], () => effects),
      signal(),
    );
    // it came late: after the look that found nothing
    const [outcome] = await raced(timeEntry(1), { effects });
    should(outcome).have.property('failure').which.containEql({ code: 'MADE_MEANWHILE', outcome: 'unknown' });
    told(
      await box.erp.operations['time.post'](
        linesOf([timeEntry(1)], () => effects),
        signal(),
      ),
    ).should.deepEqual(['ok']);
    written().should.deepEqual(['timeBill kantata:1 created']);
  });

  it('whose answer was lost is no correction of what it made itself, be it without the note that was refused', async () => {
    const memo = { 'o:errorDetails': [{ detail: 'Too long.', 'o:errorCode': 'INVALID_CONTENT', 'o:errorPath': 'memo' }], status: 400 };
    const refused = (method: string) =>
      ({ kind: 'status', status: 400, body: memo, match: { method, path: 'timeBill', bodyContains: 'Workshop' } }) as const;
    box.sim.faults.add([refused('POST'), { kind: 'dropAfter', match: { method: 'POST', path: 'timeBill$' } }, refused('PUT')]);
    const effects = new InMemoryEffects();
    const posted = () =>
      box.erp.operations['time.post'](
        linesOf([timeEntry(1)], () => effects),
        signal(),
      );
    told(await posted()).should.deepEqual(['transient.timeout ECONNRESET']);
    const [outcome] = await posted();
    if (!outcome?.ok) throw new Error('it was not posted');
    outcome.output.should.have.property('leftOut');
    outcome.output.should.not.have.property('corrected');
    box.records('timeBill').should.have.length(1);
    // of another run it is one
    const later = timeEntry(1, { minutes: 60, note: undefined });
    const [correction] = await box.another().operations['time.post'](linesOf([later]), signal());
    should(correction?.ok && correction.output).containEql({ corrected: true });
  });

  it('is given up at once while what it refers to is read', async () => {
    box.sim.faults.add({ kind: 'delay', delayMs: 3_000, match: { path: 'suiteql', bodyContains: 'FROM employee' } });
    const abort = new AbortController();
    const began = Date.now();
    setTimeout(() => abort.abort(), 50);
    told(await box.another().operations['time.post'](linesOf([timeEntry(1)]), abort.signal)).should.deepEqual([
      'transient.unavailable ABORTED',
    ]);
    (Date.now() - began).should.be.below(2_000);
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
