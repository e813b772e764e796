import should from 'should';
import { anewWithProjects, factsOf, linesOf, type NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;

describe('NetSuite posted time', () => {
  let box: NetSuiteSandbox;
  const written = () => box.appliedByKey().filter((line) => line.startsWith('timeBill'));
  const queries = () => box.sim.state.queries;
  anewWithProjects((sandbox) => (box = sandbox));

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

  it('is posted for a colleague of another legal entity in the books of the project', async () => {
    const abroad = timeEntry(1, { resource: { id: '12', email: 'TOM.SMIT@firm.example' } });
    told(await box.erp.operations['time.post'](linesOf([abroad]), signal())).should.deepEqual(['ok']);
    const [posted] = await factsOf(box.erp, '2026-03-10', '2026-03-10');
    should(posted).containEql({ legalEntity: 'DE01', projectCode: 'ENG-0001', amount: { amount: '1200.00', currency: 'EUR' } });
  });
});
