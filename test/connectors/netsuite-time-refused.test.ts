import should from 'should';
import type { TimeEntry } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { anewWithProjects, linesOf, type NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;

describe('NetSuite posted time that is refused', () => {
  let box: NetSuiteSandbox;
  anewWithProjects((sandbox) => (box = sandbox));

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
        { resource: { id: '99', name: 'Anna Keller' } },
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
});
