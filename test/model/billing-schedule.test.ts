import should from 'should';
import { billingLines } from '../../model/billing-lines.ts';
import { contractIssues } from '../../model/contract.ts';
import { largestRemainder } from '../../model/largest-remainder.ts';
import { sumMoney } from '../../model/money.ts';
import type { BillingSchedule } from '../../model/types.generated.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const base = { project: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR', version: 1 };
const line = (number: number, more: object) => ({ code: `M${number}`, name: `Part ${number}`, due: `2026-0${number}-28`, ...more });
const milestones = (more: object = {}): BillingSchedule => ({
  ...base,
  type: 'milestones',
  amount: eur('100.00'),
  lines: [line(1, { amount: eur('33.33') }), line(2, { amount: eur('66.67') })],
  ...more,
});

const told = (schedule: unknown) => contractIssues('billing-schedule', schedule).map(({ code, field, value }) => [code, field, value]);

describe('A billing schedule', () => {
  it('keeps its contract', () => {
    told(milestones()).should.deepEqual([]);
    told(milestones({ type: 'instalments' })).should.deepEqual([]);
    told({ ...base, type: 'time-and-materials' }).should.deepEqual([]);
    told({ ...base, type: 'time-and-materials', cap: eur('5000.00') }).should.deepEqual([]);
    const retainer = { every: 'month', periods: 3, start: '2026-01-31', amount: eur('10.10') };
    told({ ...base, type: 'retainer', retainer }).should.deepEqual([]);
    told({ ...base, type: 'retainer', retainer, amount: eur('30.30') }).should.deepEqual([]);
  });

  const cases: [string, object, [string, string, string | undefined]][] = [
    ['whose milestones miss a cent', { amount: eur('100.01') }, ['SCHEDULE_SUM', 'lines', '100.00 EUR']],
    [
      'whose percentages are not 100',
      { lines: [line(1, { percent: '33.3' }), line(2, { percent: '66.6' })] },
      ['SCHEDULE_PERCENT_SUM', 'lines', '99.9 %'],
    ],
    [
      'with an instalment of zero',
      { type: 'instalments', lines: [line(1, { amount: eur('0.00') }), line(2, { amount: eur('100.00') })] },
      ['SCHEDULE_ZERO', 'lines[0].amount', '0.00 EUR'],
    ],
    [
      'with a percentage that bills nothing',
      { amount: eur('1.00'), lines: [line(1, { percent: '0.1' }), line(2, { percent: '99.9' })] },
      ['SCHEDULE_ZERO', 'lines[0].amount', '0.00 EUR'],
    ],
    [
      'with a line of another currency',
      { lines: [line(1, { amount: { amount: '33.33', currency: 'USD' } }), line(2, { amount: eur('66.67') })] },
      ['SCHEDULE_CURRENCY', 'lines[0].amount', 'USD'],
    ],
    [
      'with two milestones of one name',
      { lines: [line(1, { amount: eur('33.33') }), { ...line(2, { amount: eur('66.67') }), name: 'part 1 ' }] },
      ['SCHEDULE_NAME_TWICE', 'lines[1].name', 'part 1 '],
    ],
    [
      'with two milestones of one code',
      { lines: [line(1, { amount: eur('33.33') }), { ...line(2, { amount: eur('66.67') }), code: 'm1' }] },
      ['SCHEDULE_CODE_TWICE', 'lines[1].code', 'm1'],
    ],
    [
      'with a line that says it in two ways',
      { lines: [line(1, { amount: eur('33.33'), percent: '33.33' }), line(2, { amount: eur('66.67') })] },
      ['SCHEDULE_LINE_SHARE', 'lines[0]', 'M1'],
    ],
    [
      'with amounts and percentages',
      { lines: [line(1, { amount: eur('33.33') }), line(2, { percent: '66.67' })] },
      ['SCHEDULE_LINE_SHARE', 'lines[1]', 'M2'],
    ],
    ['without lines', { lines: [] }, ['SCHEDULE_PART_MISSING', 'lines', undefined]],
    ['with a cap that nothing would heed', { cap: eur('5.00') }, ['SCHEDULE_PART_UNUSED', 'cap', 'milestones']],
    ['with an amount below zero', { amount: eur('-100.00') }, ['MONEY_NEGATIVE', 'amount', '-100.00 EUR']],
    ['with a code that has a sign nobody sees', { project: 'ENG\u200b-0001' }, ['CODE_SIGNS', 'project', 'ENG\u200b-0001']],
    ['of no version', { version: 0 }, ['SCHEMA_MINIMUM', 'version', '0']],
  ];
  for (const [what, more, issue] of cases)
    it(`${what} is refused, with field and value`, () => told(milestones(more))[0]!.should.deepEqual(issue));

  it('of more lines than it may have is refused, not cut', () => {
    const lines = Array.from({ length: 401 }, (_, index) => ({ ...line(1, { percent: '0.1' }), code: `M${index}`, name: `N${index}` }));
    told(milestones({ lines }))[0]!.slice(0, 2).should.deepEqual(['SCHEMA_MAXITEMS', 'lines']);
  });

  it('of a retainer whose periods are not the amount is refused', () => {
    const retainer = { every: 'month', periods: 3, start: '2026-01-31', amount: eur('10.10') };
    told({ ...base, type: 'retainer', retainer, amount: eur('30.00') }).should.deepEqual([['SCHEDULE_SUM', 'retainer', '30.30 EUR']]);
    told({ ...base, type: 'retainer', retainer: { ...retainer, amount: eur('0') } }).should.deepEqual([
      ['SCHEDULE_ZERO', 'retainer.amount', '0 EUR'],
    ]);
  });
});

describe('The lines of a billing schedule', () => {
  it('in percent are the amount to the cent, what is left placed by the largest remainders', () => {
    const thirds = ['33.333333', '33.333333', '33.333334'].map((percent, index) => line(index + 1, { percent }));
    const lines = billingLines(milestones({ amount: eur('100.00'), lines: thirds }));
    lines.map(({ amount }) => amount.amount).should.deepEqual(['33.33', '33.33', '33.34']);
    const even = ['12.5', '12.5', '75'].map((percent, index) => line(index + 1, { percent }));
    billingLines(milestones({ amount: eur('0.99'), lines: even }))
      .map(({ amount }) => amount.amount)
      .should.deepEqual(['0.13', '0.12', '0.74']);
    sumMoney(
      lines.map(({ amount }) => amount),
      'EUR',
    ).should.deepEqual(eur('100.00'));
  });

  it('in percent of more than a number can count are exact, too', () => {
    const huge = billingLines(
      milestones({ amount: eur('90071992547409921234.57'), lines: [line(1, { percent: '50' }), line(2, { percent: '50' })] }),
    );
    huge.map(({ amount }) => amount.amount).should.deepEqual(['45035996273704960617.29', '45035996273704960617.28']);
  });

  it('of a yen amount have no decimals', () => {
    const yen = { amount: '100', currency: 'JPY' };
    const lines = billingLines({
      ...milestones({ amount: yen, lines: [line(1, { percent: '33.3' }), line(2, { percent: '66.7' })] }),
      currency: 'JPY',
    });
    lines.map(({ amount }) => amount.amount).should.deepEqual(['33', '67']);
  });

  it('of a retainer begin with the last day of a short month, and come back', () => {
    const retainer = { every: 'month' as const, periods: 3, start: '2027-12-31', amount: eur('10.00') };
    const lines = billingLines({ ...base, type: 'retainer', retainer });
    lines
      .map(({ code, due }) => [code, due])
      .should.deepEqual([
        ['R1', '2027-12-31'],
        ['R2', '2028-01-31'],
        ['R3', '2028-02-29'],
      ]);
    billingLines({ ...base, type: 'retainer', retainer: { ...retainer, every: 'quarter' } })[1]!.due.should.equal('2028-03-31');
    billingLines({ ...base, type: 'retainer', retainer: { ...retainer, every: 'year' } })[1]!.name.should.equal(
      'Retainer 2028-12-31 – 2029-12-30',
    );
  });

  it('are none where time is billed', () => should(billingLines({ ...base, type: 'time-and-materials' })).deepEqual([]));
});

describe('The method of the largest remainders', () => {
  it('shares a whole out to the last unit, equal weights from the first on', () => {
    largestRemainder(10n, [1n, 1n, 1n]).should.deepEqual([4n, 3n, 3n]);
    largestRemainder(100n, [1n, 2n, 3n]).should.deepEqual([17n, 33n, 50n]);
    largestRemainder(0n, [1n, 2n]).should.deepEqual([0n, 0n]);
  });
});
