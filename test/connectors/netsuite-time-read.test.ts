import 'should';
import { minutesOf } from '../../connectors/netsuite/records/time-bill.ts';
import { addMoney, money } from '../../model/money.ts';
import type { TimeFact } from '../../model/operations.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { anewWithProjects, factsOf, type NetSuiteSandbox } from './netsuite-sandbox.ts';

describe('NetSuite posted time, read back for reconciliation,', () => {
  let box: NetSuiteSandbox;
  anewWithProjects((sandbox) => (box = sandbox));

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
