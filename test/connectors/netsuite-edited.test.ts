import should from 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import type { Expense, TimeEntry } from '../../model/types.generated.ts';
import { approvedExpense } from '../../sandbox/netsuite/conformance.ts';
import { EngineBench } from '../engine/engine-bench.ts';
import { deal } from '../engine/sample-events.ts';
import { anewWithProjects, type NetSuiteSandbox, timeEntry } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;
const tellOf = (outcome: { ok: boolean; failure?: { code: string; field?: string | undefined } } | undefined) =>
  outcome?.ok ? 'posted' : `${outcome?.failure?.code} ${outcome?.failure?.field ?? ''}`.trim();

/** A run has posted, went wrong further on, and is delivered again with what a person has made of its event. */
describe('What a run has posted to NetSuite, edited and delivered again,', () => {
  let box: NetSuiteSandbox;
  let bench: EngineBench;
  let active: ActiveRun;
  anewWithProjects((sandbox) => {
    box = sandbox;
  });
  beforeEach(async () => {
    bench = await new EngineBench().start();
    bench.deliver = (delivered) => {
      active = delivered;
      delivered.enter('erp', 0);
    };
    await bench.accept(deal('A'));
  });
  const effects = () => bench.engine.effectsFor(active, 'erp', 'netsuite');
  const deliverAgain = async () => {
    await bench.engine.release();
    await bench.quiet();
  };
  const post = async (input: TimeEntry) =>
    tellOf((await box.another().operations['time.post']([{ input, effects: effects() }], signal()))[0]);
  const pay = async (input: Expense) =>
    tellOf((await box.another().operations['expense.post']([{ input, effects: effects() }], signal()))[0]);
  const hours = () => box.records('timeBill').map(({ fields }) => fields['hours']);

  it('is not told as posted with other hours; as it was it is', async () => {
    (await post(timeEntry(1))).should.equal('posted');
    await deliverAgain();
    (await post(timeEntry(1, { minutes: 60 }))).should.equal('MADE_OTHERWISE hours');
    hours().should.deepEqual([450]);
    await deliverAgain();
    (await post(timeEntry(1))).should.equal('posted');
  });

  it('is corrected where nobody knew what had become of it, and is then what was sent last', async () => {
    box.sim.faults.add({ kind: 'dropAfter', times: 1, match: { method: 'POST', path: '/record/v1/timeBill' } });
    (await post(timeEntry(1))).should.startWith('ECONNRESET');
    await deliverAgain();
    for (let delivery = 0; delivery < 2; delivery++) {
      (await post(timeEntry(1, { minutes: 60 }))).should.equal('posted');
      hours().should.deepEqual([60]);
      await deliverAgain();
    }
    (await post(timeEntry(1))).should.equal('MADE_OTHERWISE hours');
  });

  it('is not told as an expense of another amount either', async () => {
    const expense = approvedExpense('1') as Expense;
    (await pay(expense)).should.equal('posted');
    await deliverAgain();
    (await pay({ ...expense, amount: { amount: '50.00', currency: 'EUR' } })).should.equal('MADE_OTHERWISE expense');
    should(box.records('expenseReport')[0]!.fields['total']).equal(48.9);
  });
});
