import 'should';
import { contractIssues } from '../../model/contract.ts';
import type { Utilization } from '../../model/types.generated.ts';
import { percentsOf, sumOf } from '../../model/utilization.ts';

const minutes = {
  ...{ capacityMinutes: 2400, leaveMinutes: 0, hardMinutes: 1200, softMinutes: 600, workedMinutes: 1500, approvedMinutes: 900 },
  ...{ billableMinutes: 1000, nonBillableMinutes: 500, approvedBillableMinutes: 600, rejectedMinutes: 60 },
};
const told: Utilization = {
  id: 'kantata:301',
  source: { system: 'kantata', id: '301' },
  resource: { id: '301' },
  from: '2026-12-28',
  to: '2027-01-03',
  asOf: '2027-01-04T06:00:00.000Z',
  ...minutes,
  ...percentsOf(minutes),
};

describe('Utilization', () => {
  it('is told to two places, half up, exactly also where a float is not', () => {
    percentsOf(minutes).should.eql({ billablePercent: '41.67', hardPercent: '50.00', bookedPercent: '75.00' });
    // 0.125 % and 1.005 %
    percentsOf({ ...minutes, capacityMinutes: 800, billableMinutes: 1 }).billablePercent!.should.equal('0.13');
    percentsOf({ ...minutes, capacityMinutes: 20_000, billableMinutes: 201 }).billablePercent!.should.equal('1.01');
    percentsOf({ ...minutes, billableMinutes: 3600 }).billablePercent!.should.equal('150.00');
  });

  it('has no percentages without capacity, and says why', () => {
    const none = { ...minutes, capacityMinutes: 0 };
    percentsOf(none).should.eql({ billablePercent: null, hardPercent: null, bookedPercent: null, noPercents: 'no-capacity' });
    contractIssues('utilization', { ...told, ...none, ...percentsOf(none) }).should.eql([]);
    percentsOf(sumOf([])).noPercents!.should.equal('no-capacity');
  });

  it('of several is of their minutes together, not a mean of their percentages', () => {
    const half = { ...minutes, capacityMinutes: 240, billableMinutes: 240 };
    percentsOf(sumOf([minutes, half])).billablePercent!.should.equal('46.97');
  });

  it('keeps its contract', () => contractIssues('utilization', told).should.eql([]));

  const wrong: Record<string, [Partial<Utilization>, field: string]> = {
    'an end before the beginning': [{ to: '2026-12-27' }, 'to'],
    'somebody who joined after the last day': [{ joined: '2027-01-04' }, 'joined'],
    'somebody who left before joining': [{ joined: '2027-01-02', left: '2026-12-30' }, 'left'],
    'parts that are not the whole': [{ nonBillableMinutes: 501 }, 'workedMinutes'],
    'more approved than worked': [{ approvedMinutes: 1501 }, 'approvedMinutes'],
    'more of the approved billable than of all': [{ approvedBillableMinutes: 901 }, 'approvedBillableMinutes'],
    'a percentage that is not that of the minutes': [{ billablePercent: '41.66' }, 'billablePercent'],
    'no percentage where there is capacity': [{ hardPercent: null }, 'hardPercent'],
    'a reason for none where there is one': [{ noPercents: 'no-capacity' }, 'noPercents'],
    'a float': [{ billablePercent: 41.67 as never }, 'billablePercent'],
    'negative time': [{ workedMinutes: -1 }, 'workedMinutes'],
  };
  for (const [what, [change, field]] of Object.entries(wrong))
    it(`is refused with ${what}`, () => contractIssues('utilization', { ...told, ...change })[0]!.field.should.equal(field));
});
