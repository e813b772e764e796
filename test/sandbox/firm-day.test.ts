import should from 'should';
import { businessDay } from '../../sandbox/firm/business-day.ts';
import { addDays } from '../../sandbox/firm/calendar-date.ts';
import { approvedOnDay, scriptDay } from '../../sandbox/firm/day-script.ts';
import { type ExpectedBooks, expectedBooks, timeKey } from '../../sandbox/firm/expected-books.ts';
import { type Firm, generateFirm } from '../../sandbox/firm/firm.ts';

const FIRMS: Firm[] = Array.from({ length: 40 }, (_each, index) => generateFirm({ seed: index, date: addDays('2026-02-01', index * 9) }));

const booksOf = (firm: Firm): ExpectedBooks => expectedBooks(firm, scriptDay(firm));

describe('the business day and its books', () => {
  it('is a day in order of time, from the first approval to the last time entry', () => {
    for (const firm of FIRMS) {
      const times = businessDay(firm).map((step) => step.at);
      should(times).deepEqual(times.toSorted());
      should(times.every((at) => at.startsWith(firm.date))).be.true();
    }
  });

  it('wins three deals: one over four legal entities, one plain, one that must be refused', () => {
    for (const firm of FIRMS) {
      const { wins } = scriptDay(firm);
      should(wins.map(({ deal }) => deal.code)).deepEqual(['ENG-0008', 'ENG-0009', 'ENG-0010']);
      const books = booksOf(firm);
      const made = books.erp.projects.filter((project) => project.since === 'day');
      should(made.map((project) => project.code)).deepEqual(['ENG-0008', 'ENG-0008-DE01', 'ENG-0008-NL01', 'ENG-0008-US01', 'ENG-0009']);
      should(made.map((project) => project.customer)).deepEqual([
        'ACC-0005@GB01',
        'ACC-0005@DE01',
        'ACC-0005@NL01',
        'ACC-0005@US01',
        'ACC-0004@NL01',
      ]);
      should(books.crm.failed).deepEqual(['ENG-0010', 'ENG-0022', 'ENG-0023', 'ENG-0024', 'ENG-0025']);
    }
  });

  it('accounts for every approved entry: posted once or refused once', () => {
    for (const firm of FIRMS) {
      const books = booksOf(firm);
      const approved = [
        ...firm.sheets.filter((sheet) => sheet.status === 'approved').flatMap((sheet) => sheet.entries),
        ...approvedOnDay(scriptDay(firm)).map(({ entry }) => entry),
      ];
      const refused = books.refusals.flatMap((refusal) => (refusal.kind === 'time' ? [refusal.entry] : []));
      const accounted = [...books.erp.time, ...refused];
      should(accounted).have.length(approved.length);
      should(accounted.reduce((sum, entry) => sum + entry.minutes, 0)).equal(approved.reduce((sum, entry) => sum + entry.minutes, 0));
      should(books.psa.approvedEntries).equal(approved.length);
    }
  });

  it('expects a refusal of every kind: unknown person, closed project, closed month', () => {
    for (const firm of FIRMS) {
      const refusals = booksOf(firm).refusals.flatMap((refusal) => (refusal.kind === 'time' ? refusal.reasons : []));
      should(new Set(refusals)).deepEqual(new Set(['employee-unknown', 'project-closed', 'period-closed']));
    }
  });

  it('totals to the minute and the cent per legal entity and currency', () => {
    for (const firm of FIRMS) {
      const { time, totals } = booksOf(firm).erp;
      should(totals.reduce((sum, total) => sum + total.entries, 0)).equal(time.length);
      for (const total of totals) {
        const own = time.filter((entry) => entry.legalEntity === total.legalEntity && entry.currency === total.currency);
        const minor = own.reduce((sum, entry) => sum + BigInt(entry.amount.replace('.', '')), 0n);
        should(total.amount.replace('.', '')).equal(String(minor).padStart(total.currency === 'JPY' ? 1 : 3, '0'));
        should(total.minutes).equal(own.reduce((sum, entry) => sum + entry.minutes, 0));
        should(total.billableMinutes).be.belowOrEqual(total.minutes);
      }
    }
  });

  it('posts the corrected minutes, not the mistaken ones', () => {
    for (const firm of FIRMS) {
      const { correction } = scriptDay(firm);
      const posted = booksOf(firm).erp.time.find((entry) => entry.id === correction.wrong.id);
      should(posted?.minutes).equal(correction.minutes);
      should(correction.minutes).equal(correction.wrong.minutes - 30);
      should(correction.minutes).be.above(0);
    }
  });

  it('posts nothing of the drafts', () => {
    for (const firm of FIRMS) {
      const drafts = firm.sheets.filter((sheet) => sheet.status === 'draft').flatMap((sheet) => sheet.entries.map((entry) => entry.id));
      should(drafts.length).be.above(0);
      const posted = new Set(booksOf(firm).erp.time.map((entry) => entry.id));
      should(drafts.some((id) => posted.has(id))).be.false();
    }
  });

  it('names the late entry, which has no id yet, by person, date and task', () => {
    for (const firm of FIRMS) {
      const late = booksOf(firm).erp.time.filter((entry) => entry.id === undefined);
      should(late).have.length(firm.late.length);
      should(late.length).be.above(0);
      for (const entry of late) should(timeKey(entry)).match(/^EMP-\d{3}\|\d{4}-\d\d-\d\d\|ENG-/);
    }
  });

  it('asks for people on the project of the legal entity that delivers the phase', () => {
    const demands = booksOf(FIRMS[0] as Firm).psa.demands;
    should(demands.length).be.above(15);
    should(demands.filter((demand) => demand.project === 'ENG-0008-DE01').map((demand) => demand.role)).containEql('Data Engineer');
    should(demands.some((demand) => demand.headcount > 1)).be.true();
  });
});
