import should from 'should';
import type { NetSuiteConnector } from '../../connectors/netsuite/connector.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { anewWithProjects, linesOf, type NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = new AbortController().signal;
const withdrawn = (id: number, more: Partial<TimeEntry> = {}) => timeEntry(id, { status: 'withdrawn', version: 'v2', ...more });

describe('NetSuite posted time that is taken back', () => {
  let box: NetSuiteSandbox;
  anewWithProjects((sandbox) => (box = sandbox));

  const post = (entries: TimeEntry[], erp: NetSuiteConnector = box.another(), effects = () => new InMemoryEffects()) =>
    erp.operations['time.post'](linesOf(entries, effects), signal);
  const times = () => box.records('timeBill');
  const writes = () => box.appliedByKey().filter((line) => line.startsWith('timeBill'));
  const refusalOf = async (entries: TimeEntry[], erp?: NetSuiteConnector) => {
    const [outcome] = await post(entries, erp);
    if (outcome!.ok) throw new Error('it was not refused');
    return outcome!.failure;
  };

  it('is taken out, and nothing else', async () => {
    await post([timeEntry(1), timeEntry(2)]);
    should(await post([withdrawn(1)])).deepEqual([{ ok: true, output: { withdrawn: true } }]);
    times()
      .map(({ externalId }) => externalId)
      .should.deepEqual(['kantata:2']);
  });

  it('is done where it was never posted, and where it is gone already', async () => {
    should(await post([withdrawn(1)])).deepEqual([{ ok: true, output: { withdrawn: true } }]);
    await post([timeEntry(1)]);
    await post([withdrawn(1)]);
    should(await post([withdrawn(1)])).deepEqual([{ ok: true, output: { withdrawn: true } }]);
    writes().should.deepEqual(['timeBill kantata:1 created', 'timeBill kantata:1 deleted']);
  });

  it('is found under the id that it has in the source, whatever its project, day and minutes are by now', async () => {
    await post([timeEntry(1)]);
    const moved = withdrawn(1, { project: { id: '9', code: 'ENG-9' }, workDate: '2026-01-15', minutes: 5, resource: { id: '0' } });
    told(await post([moved])).should.deepEqual(['ok']);
    times().should.be.empty();
  });

  it('and approved anew as it was before is posted anew, once', async () => {
    await post([timeEntry(1)]);
    await post([withdrawn(1)]);
    told(await post([timeEntry(1)])).should.deepEqual(['ok']);
    told(await post([timeEntry(1)])).should.deepEqual(['ok']);
    times().should.have.length(1);
    writes().should.deepEqual(['timeBill kantata:1 created', 'timeBill kantata:1 deleted', 'timeBill kantata:1 created']);
  });

  it('and approved anew in one batch, in this order, is there', async () => {
    await post([timeEntry(1)]);
    told(await post([withdrawn(1), timeEntry(1, { minutes: 30, version: 'v3' })])).should.deepEqual(['ok', 'ok']);
    times().should.have.length(1);
    times()[0]!.fields.should.match({ hours: 30 });
  });

  it('and moved to another project without being taken out is corrected in place', async () => {
    await post([timeEntry(1)]);
    const moved = timeEntry(1, {
      project: { id: '2', code: 'ENG-0001-NL01' },
      task: { id: '3', code: 'ENG-0001-NL01/P2/T1' },
      version: 'v2',
    });
    netsuite.load(box.sim, { intercompanyTime: true });
    const [outcome] = await post([moved]);
    should(outcome).match({ ok: true, output: { corrected: true } });
    should((await post([timeEntry(1, { version: 'v3' })]))[0]).match({ ok: true, output: { corrected: true } });
    times().should.have.length(1);
  });

  for (const kind of ['dropAfter', 'dropBefore'] as const) {
    it(`is taken out once where the answer was lost (${kind})`, async () => {
      await post([timeEntry(1)]);
      box.sim.faults.add({ kind, times: 1, match: { method: 'DELETE', path: '/record/v1/timeBill' } });
      const effects = new InMemoryEffects();
      const [lost] = await post([withdrawn(1)], box.another(), () => effects);
      lost!.ok.should.equal(false);
      told(await post([withdrawn(1)], box.another(), () => effects)).should.deepEqual(['ok']);
      times().should.be.empty();
      writes().should.deepEqual(['timeBill kantata:1 created', 'timeBill kantata:1 deleted']);
    });
  }

  it('is left to a person where the node says so, and ends once the time is gone', async () => {
    await post([timeEntry(1)]);
    const effects = new InMemoryEffects();
    const kept = () =>
      box.another().operations['time.post'](
        linesOf([withdrawn(1)], () => effects),
        signal,
        { keepWithdrawn: true },
      );
    const [outcome] = await kept();
    should(outcome).match({ ok: false, failure: { class: 'business.rejected', code: 'TIME_WITHDRAWN', field: 'status' } });
    times().should.have.length(1);
    delete box.sim.state.records['timeBill'];
    told(await kept()).should.deepEqual(['ok']);
  });

  it('is a person’s where it is billed: what NetSuite said is told, with what reverses it', async () => {
    await post([timeEntry(1)]);
    netsuite.load(box.sim, { records: { timeBill: [{ externalId: 'kantata___1', status: 'Billed' }] } });
    const failure = await refusalOf([withdrawn(1)]);
    failure.should.match({ class: 'business.rejected', code: 'TIME_WITHDRAWN', field: 'status', value: 'withdrawn' });
    failure.message.should.match(/has been billed/);
    failure.remedy!.should.match(/credit the invoice.*void the posting.*open period/);
    times().should.have.length(1);
  });

  it('is a person’s where its period is closed, by the day that it is booked on', async () => {
    await post([timeEntry(1)]);
    netsuite.load(box.sim, { periods: [{ start: '2026-03-01', closed: true }] });
    // the day of the entry has moved to an open period since
    const failure = await refusalOf([withdrawn(1, { workDate: '2026-04-01' })]);
    failure.should.match({ class: 'business.rejected', code: 'TIME_WITHDRAWN' });
    failure.message.should.match(/accounting period .*Mar.* is closed/);
    times().should.have.length(1);
    netsuite.load(box.sim, { periods: [{ start: '2026-03-01', closed: false }] });
    told(await post([withdrawn(1)])).should.deepEqual(['ok']);
  });

  it('takes nothing of another’s whose id NetSuite takes for this one', async () => {
    await post([{ ...timeEntry(1), id: 'kantata:a3' }]);
    told(await post([{ ...withdrawn(1), id: 'kantata:A3' }])).should.deepEqual(['ok']);
    times().should.have.length(1);
  });

  it('is tried again while NetSuite is away', async () => {
    await post([timeEntry(1)]);
    box.sim.faults.add({ kind: 'status', status: 503, times: 99, match: { method: 'DELETE' } });
    (await refusalOf([withdrawn(1)], box.another())).class.should.startWith('transient.');
    box.sim.faults.clear();
    told(await post([withdrawn(1)])).should.deepEqual(['ok']);
  });
});
