import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import { availabilityIssue, listOf, textOf } from '../../model/availability-wanted.ts';
import { availablePeriods, datesFrom, spreadOver } from '../../model/free-time.ts';

const assignment = (change: object = {}) => ({
  id: 'kantata:701',
  source: { system: 'kantata', id: '701' },
  resource: { id: '301' },
  project: { id: '501', code: 'ENG-0001' },
  start: '2026-12-01',
  end: '2026-12-01',
  minutes: 480,
  booking: 'hard',
  status: 'assigned',
  version: 'v1',
  ...change,
});
const said = (change: object) =>
  contractIssues('assignment', assignment(change)).map(({ code, field, value }) => [code, field, value].join(' '));

describe('the contract of an assignment', () => {
  it('holds for a day, in minutes or as a share of working time', () => {
    said({}).should.eql([]);
    said({ minutes: undefined, percent: '50' }).should.eql([]);
    said({ minutes: 1440 }).should.eql([]);
  });

  it('names days in the wrong order, effort that is none, and effort that no day has', () => {
    said({ end: '2026-11-30' }).should.eql(['ASSIGNMENT_DAYS end 2026-11-30']);
    said({ minutes: 0 }).should.eql(['ASSIGNMENT_EFFORT minutes 0']);
    said({ minutes: undefined, percent: '0.00' }).should.eql(['ASSIGNMENT_EFFORT percent 0.00']);
    said({ minutes: undefined }).should.eql(['ASSIGNMENT_EFFORT minutes ']);
    said({ minutes: 1441 }).should.eql(['ASSIGNMENT_EFFORT minutes 1441']);
    said({ start: '0026-12-01', end: '0026-12-01' })
      .join()
      .should.match(/DATE_YEAR/);
  });

  it('asks no effort of what is released, which books nothing, but days that can be', () => {
    said({ status: 'released', minutes: 0 }).should.eql([]);
    said({ status: 'released', minutes: undefined }).should.eql([]);
    said({ status: 'released', end: '2026-11-30' }).should.eql(['ASSIGNMENT_DAYS end 2026-11-30']);
  });

  it('takes zero minutes beside a share for what they are', () => {
    said({ minutes: 0, percent: '50' }).should.eql(['ASSIGNMENT_EFFORT minutes 0']);
  });
});

describe('free time', () => {
  const window = { from: '2026-12-07', to: '2026-12-20' };

  it('is spread in whole minutes that add up, in proportion to what is worked', () => {
    const worked = (date: string) => (date === '2026-12-07' ? 480 : date === '2026-12-08' ? 240 : 0);
    [...spreadOver({ start: '2026-12-07', end: '2026-12-09', minutes: 100 }, worked, window).values()].should.eql([66, 34, 0]);
    [...spreadOver({ start: '2026-12-07', end: '2026-12-09', minutes: 100 }, () => 0, window).values()].should.eql([33, 33, 34]);
    [...spreadOver({ start: '2026-12-01', end: '2026-12-07', minutes: 70 }, () => 0, window)].should.eql([['2026-12-07', 10]]);
  });

  it('is told by weeks from Monday on, the first and last cut where the days are', () => {
    const days = datesFrom('2026-12-09', '2026-12-21').map((date) => ({ date, working: 60, leave: 0, hard: 0, soft: 0 }));
    availablePeriods(days, 'week')
      .map(({ start, end, freeMinutes }) => `${start} ${end} ${freeMinutes}`)
      .should.eql(['2026-12-09 2026-12-13 300', '2026-12-14 2026-12-20 420', '2026-12-21 2026-12-21 60']);
    availablePeriods(days, 'day').should.have.length(13);
  });

  it('counts days by the calendar, over a change of the clocks and a leap day', () => {
    datesFrom('2028-02-28', '2028-03-01').should.eql(['2028-02-28', '2028-02-29', '2028-03-01']);
    datesFrom('2026-10-24', '2026-10-26').should.have.length(3);
  });
});

describe('what is asked of availability', () => {
  it('is two days in order, a year apart at the most', () => {
    should(availabilityIssue('2026-12-01', '2026-12-01')).equal(undefined);
    should(availabilityIssue('2026-02-30', '2026-12-01')).containEql({ code: 'AVAILABILITY_WANTED', field: 'from', value: '2026-02-30' });
    should(availabilityIssue('2026-12-01', undefined)).containEql({ field: 'to' });
    should(availabilityIssue('2026-12-02', '2026-12-01')).containEql({ field: 'to', value: '2026-12-01' });
    should(availabilityIssue('2026-01-01', '2027-01-02')).containEql({ field: 'to', value: '2027-01-02' });
    should(availabilityIssue('2026-12-01T00:00:00Z', '2026-12-02')).containEql({ field: 'from' });
  });

  it('takes nothing and blanks for not asked, and names what is no name', () => {
    should(textOf('role', undefined)).equal(undefined);
    should(textOf('role', '  ')).equal(undefined);
    should(textOf('role', ' Consultant ')).equal('Consultant');
    (() => textOf('role', 7)).should.throw({ field: 'role', value: '7' });
    listOf('skills', 'SAP, Migration,SAP').should.eql(['SAP', 'Migration']);
    listOf('skills', []).should.eql([]);
    (() => listOf('skills', [{ name: 'SAP' }])).should.throw({ field: 'skills' });
  });
});
