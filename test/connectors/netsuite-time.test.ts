import should from 'should';
import { minutesOf } from '../../connectors/netsuite/records/time-bill.ts';
import { addMoney, money } from '../../model/money.ts';
import type { BatchLine, TimeFact } from '../../model/operations.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { contextOf, engagementProjects, factsOf, linesOf, NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;

describe('NetSuite posted time', () => {
  let box: NetSuiteSandbox;
  const written = () => box.appliedByKey().filter((line) => line.startsWith('timeBill'));
  const queries = () => box.sim.state.queries;

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
  });
  afterEach(() => box.stop());

  it('is one time bill for each entry, with hours, day, rate and project as approved', async () => {
    const outcomes = await box.erp.operations['time.post'](
      linesOf([timeEntry(1), timeEntry(2, { minutes: 20, billable: false, note: undefined })]),
      signal(),
    );
    told(outcomes).should.deepEqual(['ok', 'ok']);
    written().sort().should.deepEqual(['timeBill kantata:1 created', 'timeBill kantata:2 created']);
    box
      .body('timeBill', 'kantata:1')
      .should.containEql({ hours: '7:30', tranDate: '2026-03-10', rate: 160, isBillable: true, memo: 'Workshop' });
    box.body('timeBill', 'kantata:2').should.containEql({ hours: '0:20', isBillable: false, memo: null });
  });

  it('carries the approval status of the connection', async () => {
    told(await box.another({ approvalStatus: '3' }).operations['time.post'](linesOf([timeEntry(1)]), signal())).should.deepEqual(['ok']);
    box.body('timeBill', 'kantata:1').should.containEql({ approvalStatus: { id: '3' } });
  });

  it('is looked up with one query for a whole batch', async () => {
    const batch = Array.from({ length: 40 }, (_, index) => timeEntry(index + 1));
    await box.erp.operations['time.post'](linesOf([timeEntry(999)]), signal());
    const before = queries();
    await box.erp.operations['time.post'](linesOf(batch), signal());
    // projects, tasks, entries: one each
    (queries() - before).should.equal(3);
    written().should.have.length(41);
  });

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

  describe('that is free, or has no rate of its own', () => {
    const priced = () => {
      const items = box.sim.state.records['serviceSaleItem'] ?? {};
      for (const item of Object.values(items)) item.fields['rate'] = 180;
    };
    const billed = async () => (await factsOf(box.erp, '2026-03-01', '2026-03-31')).map(({ amount }) => amount?.amount);

    it('is billed at zero when its rate is zero, not at the list price of the ERP', async () => {
      priced();
      const free = { rate: money(0, 'EUR'), amount: money(0, 'EUR') };
      told(await box.erp.operations['time.post'](linesOf([timeEntry(1, free)]), signal())).should.deepEqual(['ok']);
      box.body('timeBill', 'kantata:1').should.containEql({ rate: 0 });
      (await billed()).should.deepEqual(['0.00']);
    });

    it('is corrected from a rate to zero and back: each is a change', async () => {
      priced();
      for (const [rate, amount] of [
        ['160.00', '1200.00'],
        ['0.00', '0.00'],
        ['160.00', '1200.00'],
      ] as const) {
        told(
          await box.another().operations['time.post'](linesOf([timeEntry(1, { rate: { amount: rate, currency: 'EUR' } })]), signal()),
        ).should.deepEqual(['ok']);
        (await billed()).should.deepEqual([amount]);
      }
      written().should.have.length(3);
    });

    it('loses the rate of an earlier version when the rate was cleared', async () => {
      told(await box.erp.operations['time.post'](linesOf([timeEntry(1, { billable: false })]), signal())).should.deepEqual(['ok']);
      const cleared = timeEntry(1, { billable: false, rate: undefined });
      told(await box.another().operations['time.post'](linesOf([cleared]), signal())).should.deepEqual(['ok']);
      const [fact] = await factsOf(box.erp, '2026-03-01', '2026-03-31');
      should(fact).containEql({ rate: null, amount: null });
      told(await box.another().operations['time.post'](linesOf([cleared]), signal())).should.deepEqual(['ok']);
      written().should.have.length(2);
    });

    it('is zero in the currency of any project', async () => {
      told(await box.erp.operations['time.post'](linesOf([timeEntry(1, { rate: money(0, 'GBP') })]), signal())).should.deepEqual(['ok']);
    });
  });

  it('keeps every decimal of a rate, and bills the time rounded once', async () => {
    const odd = timeEntry(1, { rate: { amount: '133.3333', currency: 'EUR' } });
    told(await box.erp.operations['time.post'](linesOf([odd]), signal())).should.deepEqual(['ok']);
    box.body('timeBill', 'kantata:1').should.containEql({ rate: 133.3333 });
    const [fact] = await factsOf(box.erp, '2026-03-01', '2026-03-31');
    should(fact).containEql({ rate: { amount: '133.3333', currency: 'EUR' }, amount: { amount: '1000.00', currency: 'EUR' } });
    told(await box.another().operations['time.post'](linesOf([odd]), signal())).should.deepEqual(['ok']);
    written().should.have.length(1);
  });

  it('is refused with a rate that JSON cannot carry exactly, before anything is sent', async () => {
    const long = timeEntry(1, { rate: { amount: '12345678901234567.89', currency: 'EUR' } });
    told(await box.erp.operations['time.post'](linesOf([long]), signal())).should.deepEqual(['contract.invalid NUMBER_NOT_EXACT']);
    written().should.deepEqual([]);
  });

  it('ends with the last content when two versions of one entry are in a batch', async () => {
    const versions = [timeEntry(1), timeEntry(1, { minutes: 60, version: 'v2' })];
    told(await box.erp.operations['time.post'](linesOf(versions), signal())).should.deepEqual(['ok', 'ok']);
    const [posted] = await factsOf(box.erp, '2026-03-01', '2026-03-31');
    should(posted?.minutes).equal(60);
  });

  it('is posted for a colleague of another legal entity in the books of the project', async () => {
    const abroad = timeEntry(1, { resource: { id: '12', email: 'TOM.SMIT@firm.example' } });
    told(await box.erp.operations['time.post'](linesOf([abroad]), signal())).should.deepEqual(['ok']);
    const [posted] = await factsOf(box.erp, '2026-03-10', '2026-03-10');
    should(posted).containEql({ legalEntity: 'DE01', projectCode: 'ENG-0001', amount: { amount: '1200.00', currency: 'EUR' } });
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

  describe('with a line that NetSuite cannot place', () => {
    const refused: [string, Partial<TimeEntry>, string, Record<string, string>][] = [
      [
        'a person unknown in the ERP',
        { resource: { id: '99', email: 'new@firm.example' } },
        'mapping.missing EMPLOYEE_UNKNOWN',
        { field: 'resource.email', value: 'new@firm.example' },
      ],
      [
        'a person without e-mail address',
        { resource: { id: '99' } },
        'mapping.missing EMPLOYEE_UNKNOWN',
        { field: 'resource.email', value: '99' },
      ],
      [
        'an unknown project',
        { project: { id: '1', code: 'ENG-0404' } },
        'mapping.missing PROJECT_UNKNOWN',
        { field: 'project.code', value: 'ENG-0404' },
      ],
      [
        'an unknown task',
        { task: { id: '1', code: 'ENG-0001/P9' } },
        'mapping.missing TASK_UNKNOWN',
        { field: 'task.code', value: 'ENG-0001/P9' },
      ],
      [
        'a rate in another currency',
        { rate: { amount: '100.00', currency: 'GBP' } },
        'contract.invalid RATE_CURRENCY',
        { field: 'rate.currency', value: 'GBP' },
      ],
      [
        'a day in a closed period',
        { workDate: '2026-01-15' },
        'business.rejected PERIOD_CLOSED',
        { field: 'workDate', value: '2026-01-15' },
      ],
      [
        'a day without a period',
        { workDate: '2031-01-15' },
        'business.rejected PERIOD_MISSING',
        { field: 'workDate', value: '2031-01-15' },
      ],
      [
        'an inactive employee',
        { resource: { id: '13', email: 'eva.alt@firm.example' } },
        'business.rejected EMPLOYEE_INACTIVE',
        { field: 'resource.email', value: 'eva.alt@firm.example' },
      ],
    ];
    for (const language of ['en', 'de'] as const) {
      for (const [what, more, expected, details] of refused) {
        it(`(${what}) refuses that line alone and says why, NetSuite speaking ${language}`, async () => {
          netsuite.load(box.sim, { language });
          const outcomes = await box.erp.operations['time.post'](linesOf([timeEntry(1), timeEntry(2, more), timeEntry(3)]), signal());
          told(outcomes).should.deepEqual(['ok', expected, 'ok']);
          const [, line] = outcomes;
          if (line?.ok !== false) throw new Error('the line was posted');
          line.failure.toJSON().should.containEql({ record: 'time entry kantata:2', system: 'netsuite', outcome: 'not-made', ...details });
          should(line.failure.remedy).match(/replay/);
        });
      }
    }

    it('(a rate in another currency) is refused for a project that has none of its own: it is kept in that of its legal entity', async () => {
      const { id } = box.records('job').find(({ externalId }) => externalId === 'ENG-0001')!;
      delete box.sim.state.records['job']![id]!.fields['currency'];
      const dollars = { rate: { amount: '100.00', currency: 'USD' } };
      told(await box.erp.operations['time.post'](linesOf([timeEntry(1, dollars), timeEntry(2)]), signal())).should.deepEqual([
        'contract.invalid RATE_CURRENCY',
        'ok',
      ]);
    });

    for (const [what, change, code] of [
      ['an inactive project', { isInactive: true }, 'PROJECT_INACTIVE'],
      ['a closed project', { entityStatus: '1' }, 'PROJECT_CLOSED'],
      ['a project that takes no time', { allowTime: false }, 'PROJECT_TAKES_NO_TIME'],
    ] as const) {
      it(`(${what}) tells the project, not the text of the refusal`, async () => {
        netsuite.load(box.sim, { language: 'it', records: { job: [{ externalId: 'ENG-0001', ...change }] } });
        const outcomes = await box.erp.operations['time.post'](linesOf([timeEntry(1)]), signal());
        told(outcomes).should.deepEqual([`business.rejected ${code}`]);
      });
    }

    it('names every unknown thing of the line', async () => {
      const lost = timeEntry(1, { resource: { id: '9', email: 'x@firm.example' }, project: { id: '1' }, task: { id: '1', code: 'Z' } });
      const [outcome] = await box.erp.operations['time.post'](linesOf([lost]), signal());
      if (outcome?.ok !== false) throw new Error('the line was posted');
      should(outcome.failure.issues?.map((issue) => issue.code)).deepEqual(['EMPLOYEE_UNKNOWN', 'PROJECT_UNKNOWN', 'TASK_UNKNOWN']);
    });

    it('posts it once the person exists, without a restart', async () => {
      const entry = timeEntry(1, { resource: { id: '99', email: 'new@firm.example' } });
      told(await box.erp.operations['time.post'](linesOf([entry]), signal())).should.deepEqual(['mapping.missing EMPLOYEE_UNKNOWN']);
      netsuite.load(box.sim, {
        records: {
          employee: [
            { externalId: 'EMP-099', email: 'new@firm.example', firstName: 'N', lastName: 'N', subsidiary: { externalId: 'DE01' } },
          ],
        },
      });
      told(await box.erp.operations['time.post'](linesOf([entry]), signal())).should.deepEqual(['ok']);
    });

    it('leaves what NetSuite itself could not explain as it was told', async () => {
      const body = { title: 'Bad Request', status: 400, 'o:errorDetails': [{ detail: 'Gesperrt.', 'o:errorCode': 'USER_ERROR' }] };
      box.sim.faults.add({ kind: 'refuseRecord', match: { bodyContains: 'kantata___2"' }, status: 400, body });
      const outcomes = await box.erp.operations['time.post'](linesOf([timeEntry(1), timeEntry(2)]), signal());
      told(outcomes).should.deepEqual(['ok', 'business.rejected USER_ERROR']);
    });
  });

  describe('refused for a reason that only NetSuite knows', () => {
    const refuse = (path?: string) =>
      box.sim.faults.add({
        kind: 'status',
        status: 400,
        match: { method: 'POST', path: 'timeBill$' },
        body: {
          title: 'Bad Request',
          status: 400,
          'o:errorDetails': [
            { detail: 'Geben Sie Werte ein für: Abteilung.', 'o:errorCode': 'USER_ERROR', ...(path ? { 'o:errorPath': path } : {}) },
          ],
        },
      });
    const refused = async (more: Partial<TimeEntry>) => {
      const [outcome] = await box.erp.operations['time.post'](linesOf([timeEntry(7, more)]), signal());
      if (outcome?.ok !== false) throw new Error('the line was posted');
      return outcome.failure;
    };

    for (const path of [undefined, 'department', 'hours', 'customForm'] as const) {
      it(`(${path ?? 'no field named'}) is told as NetSuite says it, though its month is closed and its project too`, async () => {
        netsuite.load(box.sim, { records: { job: [{ externalId: 'ENG-0001', entityStatus: '1' }] } });
        refuse(path);
        const failure = await refused({ workDate: '2026-01-15' });
        failure.should.containEql({ class: 'business.rejected', code: 'USER_ERROR', record: 'time entry kantata:7' });
        failure.message.should.equal('NetSuite: Geben Sie Werte ein für: Abteilung.');
        String(failure.remedy).should.not.match(/period|reopen/i);
      });
    }

    it('is not looked up in the accounting periods, which the role may not read', async () => {
      box.sim.faults.add({ kind: 'status', status: 403, body: {}, match: { bodyContains: 'accountingperiod' }, times: 5 });
      refuse('department');
      (await refused({ workDate: '2026-01-15' })).code.should.equal('USER_ERROR');
      should(box.sim.faults.all()[0]?.times).equal(5);
    });
  });

  it('with a code that no query can hold stops no other entry of its batch', async () => {
    const odd = timeEntry(2, { task: { id: '9', code: 'ENG-0001/P1/\u0007' } });
    box.sim.faults.add({
      kind: 'status',
      status: 400,
      times: -1,
      match: { path: 'suiteql', bodyContains: '\\u0007' },
      body: { 'o:errorDetails': [{ detail: 'Invalid search query.', 'o:errorCode': 'INVALID_PARAMETER', 'o:errorQueryParam': 'q' }] },
    });
    told(await box.erp.operations['time.post'](linesOf([timeEntry(1), odd, timeEntry(3)]), signal())).should.deepEqual([
      'ok',
      'contract.drift INVALID_PARAMETER',
      'ok',
    ]);
  });

  describe('read back for reconciliation', () => {
    it('has exact minutes and amounts, and each entry once over several pages', async function () {
      this.timeout(60_000);
      const job = box.records('job').find((record) => record.externalId === 'ENG-0001');
      netsuite.load(box.sim, {
        records: {
          timeBill: Array.from({ length: 2_300 }, (_, index) => ({
            externalId: `kantata:${index + 1}`,
            employee: { externalId: 'EMP-001' },
            customer: { id: job?.id },
            tranDate: `2026-0${(index % 5) + 2}-10`,
            hours: index % 3 === 0 ? '0:20' : '7:45',
            isBillable: index % 2 === 0,
            rate: 100,
          })),
        },
      });
      const facts: TimeFact[] = await factsOf(box.erp, '2026-02-01', '2026-06-30');
      new Set(facts.map((fact) => fact.key)).size.should.equal(2_300);
      facts.should.have.length(2_300);
      facts[0]!.should.containEql({
        minutes: 20,
        amount: { amount: '33.33', currency: 'EUR' },
        workDate: '2026-02-10',
        legalEntity: 'DE01',
      });
      const total = facts.reduce((sum, fact) => addMoney(sum, fact.amount!), money(0, 'EUR'));
      // 767 entries of 33.33 and 1,533 of 775.00
      total.should.deepEqual({ amount: '1213639.11', currency: 'EUR' });
      (await factsOf(box.erp, '2026-02-10', '2026-02-10')).should.have.length(460);
    });

    it('leaves out time that somebody entered by hand', async () => {
      const job = box.records('job').find((record) => record.externalId === 'ENG-0001');
      netsuite.load(box.sim, {
        records: { timeBill: [{ employee: { externalId: 'EMP-001' }, customer: { id: job?.id }, tranDate: '2026-03-10', hours: '1:00' }] },
      });
      (await factsOf(box.erp, '2026-03-01', '2026-03-31')).should.deepEqual([]);
    });

    it('reads hours of two decimals to the minute', () => {
      for (let minutes = 0; minutes <= 24 * 60; minutes++) minutesOf((minutes / 60).toFixed(2)).should.equal(minutes);
      minutesOf('7:45').should.equal(465);
      minutesOf('-0:15').should.equal(-15);
    });
  });
});
