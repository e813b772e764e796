import should from 'should';
import { addDays } from '../../sandbox/firm/calendar-date.ts';
import { exchangeRates, inBooks } from '../../sandbox/firm/exchange-rates.ts';
import { type Firm, generateFirm } from '../../sandbox/firm/firm.ts';
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
    // paid after a later one was billed
    should(figures['invoice that sales sees of ENG-0003']).equal('INV-1004 paid, open 0.00 GBP');
    // a part was paid and a part credited
    should(figures['invoice that delivery sees of ENG-0002']).equal('INV-1003 partly-paid, open 7000.00 EUR');
    // the deal has the newest of both projects, each project its own
    should(figures['invoice that sales sees of ENG-0001']).equal('INV-1001 paid, open 0.00 EUR');
    should(figures['invoice that delivery sees of ENG-0001-NL01']).equal('INV-1002 posted, open 3980.10 EUR');
    should(figures['open invoices in the ERP, JPY']).equal('0');
  });
});
