import should from 'should';
import { addDays } from '../../sandbox/firm/calendar-date.ts';
import { scriptDay } from '../../sandbox/firm/day-script.ts';
import { expectedBooks } from '../../sandbox/firm/expected-books.ts';
import { exchangeRates, inBooks } from '../../sandbox/firm/exchange-rates.ts';
import { type Firm, generateFirm } from '../../sandbox/firm/firm.ts';
import { billedBefore } from '../../sandbox/firm/month/amendment-script.ts';
import { businessMonth, monthBooks, scriptMonth } from '../../sandbox/firm/month/month.ts';

const FIRMS: Firm[] = Array.from({ length: 40 }, (_each, index) => generateFirm({ seed: index, date: addDays('2026-02-01', index * 9) }));

describe('the month after the business day, and its books', () => {
  it('is in order of time, begins after the day and ends within five weeks', () => {
    for (const firm of FIRMS) {
      const times = businessMonth(firm).map((step) => step.at);
      should(times).deepEqual(times.toSorted());
      should(times.every((at) => at.slice(0, 10) > firm.date && at.slice(0, 10) < addDays(firm.date, 35))).be.true();
    }
  });

  it('is the same for the same firm', () => {
    for (const firm of FIRMS.slice(0, 5)) {
      const again = generateFirm({ seed: firm.seed, date: firm.date });
      should(JSON.stringify(scriptMonth(again))).equal(JSON.stringify(scriptMonth(firm)));
      should(monthBooks(again)).deepEqual(monthBooks(firm));
    }
  });

  it('accounts for every expense: in the books, taken back, sent back, or refused', () => {
    for (const firm of FIRMS) {
      const { expenses } = scriptMonth(firm);
      const { figures, refused } = monthBooks(firm);
      const count = (...fates: string[]) => expenses.filter(({ fate }) => fates.includes(fate)).flatMap(({ spent }) => spent).length;
      should(figures['expenses in the ERP']).equal(String(count('posted', 'corrected')));
      should(refused).be.aboveOrEqual(count('refused'));
      for (const fate of ['posted', 'corrected', 'taken-back', 'sent-back', 'refused']) should(count(fate)).be.above(0);
      const notes = expenses.flatMap(({ spent }) => spent.map(({ note }) => note));
      should(new Set(notes).size).equal(notes.length);
      const titles = expenses.map(({ title }) => title);
      should(new Set(titles).size).equal(titles.length);
    }
  });

  it('has expenses in five currencies, two of them in other books than they were spent in', () => {
    for (const firm of FIRMS) {
      const { figures } = monthBooks(firm);
      for (const currency of ['EUR', 'GBP', 'USD', 'CHF', 'JPY'])
        should(figures[`expenses in the books of the ERP, ${currency}`]).be.String();
      should(figures['expenses in the books of the ERP, EUR']).not.equal(figures['expenses in the ERP as they were spent, EUR']);
    }
  });

  it('changes money by the rate of the day, and a half of a cent goes up', () => {
    const firm = generateFirm({ seed: 1, date: '2026-11-29' });
    const monday = firm.week0;
    const rate = exchangeRates(firm).find((each) => each.from === 'GBP' && each.day === monday)?.rate;
    should(rate).equal(11_734);
    const at = (amount: number, day: string) => inBooks(amount, { from: 'GBP', to: 'EUR', day }, firm);
    should(at(10_000, monday)).equal(11_734);
    should(at(10_000, addDays(monday, 6))).equal(11_734);
    should(at(10_000, addDays(monday, 7))).equal(11_747);
    should(at(2_500, monday)).equal(2_934); // 2933.5
    should(at(1, monday)).equal(1);
    should(() => inBooks(1, { from: 'CHF', to: 'EUR', day: monday }, firm)).throw(/no rate/);
  });

  it('leaves each invoice in a state of its own, and tells of a project the one that changed last', () => {
    const { figures } = monthBooks(FIRMS[0] as Firm);
    const states = ['posted', 'partly-paid', 'paid', 'credited', 'voided'];
    for (const state of states) should(Number(figures[`invoices in the ERP, ${state}`])).be.above(0);
    // the newest, though an earlier one was paid since
    should(figures['invoice that sales sees of ENG-0003']).equal('INV-1005 posted, open 4321.09 GBP');
    // a part was paid and a part credited
    should(figures['invoice that delivery sees of ENG-0002']).equal('INV-1003 partly-paid, open 7000.00 EUR');
    // the deal has the newest of both projects, each project its own
    should(figures['invoice that sales sees of ENG-0001']).equal('INV-1002 posted, open 3980.10 EUR');
    should(figures['invoice that delivery sees of ENG-0001']).equal('INV-1001 paid, open 0.00 EUR');
    should(figures['invoice that delivery sees of ENG-0001-NL01']).equal('INV-1002 posted, open 3980.10 EUR');
    should(figures['open invoices in the ERP, JPY']).equal('0');
  });

  it('corrects an entry and moves another, and leaves all other posted time as it was', () => {
    for (const firm of FIRMS) {
      const { time } = scriptMonth(firm);
      const gone = new Set(time.takenBack.entries.map(({ id }) => id));
      const before = expectedBooks(firm, scriptDay(firm)).erp.time.filter(({ id }) => !id || !gone.has(id));
      const { posted } = monthBooks(firm);
      should(posted).have.length(before.length);
      const differing = posted.filter((entry, index) => JSON.stringify(entry) !== JSON.stringify(before[index]));
      should(differing.map(({ id }) => id).sort()).deepEqual([time.corrected.entry.id, time.moved.entry.id].sort());
      const moved = posted.find(({ id }) => id === time.moved.entry.id);
      should(moved?.project).equal(time.moved.rightly.project.code).and.not.equal(time.moved.entry.project.code);
      should(new Set([time.corrected.sheet, time.moved.sheet, time.takenBack]).size).equal(3);
    }
  });

  it('books who is staffed, and tells sales of the last change of each deal', () => {
    for (const firm of FIRMS) {
      const { figures } = monthBooks(firm);
      should(figures['staffing that sales sees of ENG-0001']).equal('Released');
      should(figures['staffing that sales sees of ENG-0003']).equal('Staffed');
      should(figures['staffing that sales sees of ENG-0004']).equal('Released');
      should(figures['people in the ERP of ENG-0009']).match(/^EMP-\d{3} booked \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, \d+ min$/);
      // one change of a deal between two looks, or nobody knows which one sales sees
      const changes = scriptMonth(firm).staffing.map(({ day, booking }) => `${day} ${booking.project}`);
      should(new Set(changes).size).equal(changes.length);
    }
  });

  it('amends contracts so that amounts, phases and milestones go on adding up', () => {
    for (const firm of FIRMS) {
      const { amendments } = scriptMonth(firm);
      should(amendments.map(({ fate }) => fate)).deepEqual(['made', 'made', 'made', 'refused', 'rejected']);
      for (const { deal } of amendments) {
        const sum = (parts: readonly { amount?: number; budget?: number }[]) =>
          parts.reduce((total, { amount, budget }) => total + (amount ?? budget ?? 0), 0);
        should(sum(deal.phases)).equal(deal.amount);
        if (deal.milestones.length > 0) should(sum(deal.milestones)).equal(deal.amount);
        should(deal.milestones.every(({ amount }) => amount > 0)).be.true();
      }
      const refused = amendments.find(({ fate }) => fate === 'refused')!;
      should(refused.deal.amount).be.below(billedBefore(firm));
      const { figures } = monthBooks(firm);
      should(figures['contract in the ERP of ENG-0008']).match(/amendment 1: P1 .*; P2 over$/);
      should(figures['contract in the ERP of ENG-0009']).match(/, amendment 2: P1 /);
      should(figures['contract in the PSA of ENG-0008-US01']).not.match(/amendment/);
    }
  });
});
