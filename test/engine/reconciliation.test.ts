import should from 'should';
import { controlTotals } from '../../engine/control-totals.ts';
import { reconcileTime } from './reconcile-time.ts';
import type { TimeFact } from '../../model/operations.ts';

const window = { from: '2026-11-01', to: '2026-11-30' };
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fact = (key: string, more: Partial<TimeFact> = {}): TimeFact => ({
  key,
  id: key,
  workDate: '2026-11-20',
  minutes: 60,
  billable: true,
  person: 'ada@firm.example',
  projectCode: 'ENG-0001',
  taskCode: 'ENG-0001/P1/T1',
  legalEntity: 'DE01',
  rate: eur('150.00'),
  amount: eur('150.00'),
  ...more,
});

describe('A reconciliation of time', () => {
  it('finds nothing when both sides hold the same', () => {
    const result = reconcileTime(window, [fact('kantata:1'), fact('kantata:2')], [fact('kantata:2'), fact('kantata:1')]);
    result.should.containEql({ matched: 2, breaks: [] });
    result.psa.should.deepEqual(result.erp);
  });

  const cases: [string, TimeFact[], TimeFact[], string][] = [
    ['approved but not posted', [fact('kantata:1')], [], 'missing-in-erp'],
    ['posted but not approved', [], [fact('kantata:1')], 'missing-in-psa'],
    ['posted with other minutes', [fact('kantata:1')], [fact('kantata:1', { minutes: 61 })], 'minutes-differ'],
    ['posted on another day', [fact('kantata:1')], [fact('kantata:1', { workDate: '2026-11-21' })], 'date-differs'],
    ['posted for another person', [fact('kantata:1')], [fact('kantata:1', { person: 'tom@firm.example' })], 'person-differs'],
    ['posted on another project', [fact('kantata:1')], [fact('kantata:1', { projectCode: 'ENG-0002' })], 'project-differs'],
    ['posted on another task', [fact('kantata:1')], [fact('kantata:1', { taskCode: 'ENG-0001/P1/T2' })], 'task-differs'],
    ['posted without its task', [fact('kantata:1')], [fact('kantata:1', { taskCode: null })], 'task-differs'],
    ['in the books of another entity', [fact('kantata:1')], [fact('kantata:1', { legalEntity: 'NL01' })], 'entity-differs'],
    ['billable on one side only', [fact('kantata:1')], [fact('kantata:1', { billable: false })], 'billable-differs'],
    ['posted at another rate', [fact('kantata:1')], [fact('kantata:1', { rate: eur('150.001') })], 'rate-differs'],
    ['posted without its rate', [fact('kantata:1')], [fact('kantata:1', { rate: null })], 'rate-missing-in-erp'],
    ['posted with a rate that it has not', [fact('kantata:1', { rate: null })], [fact('kantata:1')], 'rate-missing-in-psa'],
    ['posted with another amount', [fact('kantata:1')], [fact('kantata:1', { amount: eur('150.01') })], 'amount-differs'],
    ['posted without an amount', [fact('kantata:1')], [fact('kantata:1', { amount: null })], 'amount-missing-in-erp'],
    ['billed although it has no amount', [fact('kantata:1', { amount: undefined })], [fact('kantata:1')], 'amount-missing-in-psa'],
    ['billed although it is free', [fact('kantata:1', { amount: eur('0.00') })], [fact('kantata:1')], 'amount-differs'],
    [
      'free on one side, without an amount on the other',
      [fact('kantata:1', { amount: eur('0.00') })],
      [fact('kantata:1', { amount: null })],
      'amount-missing-in-erp',
    ],
    [
      'posted in another currency',
      [fact('kantata:1')],
      [fact('kantata:1', { rate: { amount: '150.00', currency: 'USD' }, amount: { amount: '150.00', currency: 'USD' } })],
      'currency-differs',
    ],
    ['posted twice', [fact('kantata:1')], [fact('kantata:1'), fact('kantata:1', { id: '9' })], 'twice-in-erp'],
  ];
  for (const [title, psa, erp, kind] of cases) {
    it(`names time that is ${title}`, () => {
      reconcileTime(window, psa, erp)
        .breaks.map((found) => found.kind)
        .should.deepEqual([kind]);
    });
  }

  it('names an entry once, with everything that differs', () => {
    const { breaks } = reconcileTime(
      window,
      [fact('kantata:1')],
      [fact('kantata:1', { projectCode: 'ENG-2', taskCode: null, billable: false })],
    );
    breaks.should.have.length(1);
    breaks[0]!.differences!.map(({ kind }) => kind).should.deepEqual(['project-differs', 'task-differs', 'billable-differs']);
    breaks[0]!.message.should
      .containEql('project ENG-0001 approved, ENG-2 posted')
      .and.containEql('task ENG-0001/P1/T1 approved, none posted');
  });

  it('never takes an entry whose row cannot be read for equal or missing, and compares all others', () => {
    const hours = { key: 'kantata:2', id: '17', field: 'hours', value: 'seven' };
    const unnamed = { id: 'row 3 after 17', field: 'id' };
    const day = { key: 'kantata:4', id: '4', field: 'date_performed' };
    const { matched, breaks, erp } = reconcileTime(
      window,
      [fact('kantata:1'), fact('kantata:2'), fact('kantata:3')],
      [fact('kantata:1'), fact('kantata:4'), fact('kantata:3', { minutes: 61 })],
      { psa: [day], erp: [hours, unnamed] },
    );
    matched.should.equal(1);
    erp.entries.should.equal(3);
    breaks
      .map(({ kind, key }) => `${kind} ${key}`)
      .should.deepEqual([
        'unreadable-in-psa kantata:4',
        'unreadable-in-erp kantata:2',
        'unreadable-in-erp #row 3 after 17',
        'minutes-differ kantata:3',
      ]);
    breaks[1]!.should.containEql({ unreadable: hours });
    breaks[1]!.psa!.key.should.equal('kantata:2');
    breaks[1]!.message.should.equal('kantata:2: the row with id 17 in the ERP cannot be read (hours is "seven"); it was not compared.');
  });

  it('says what it could not compare because a side does not tell it, and never counts it as a difference', () => {
    const silent = fact('kantata:1');
    for (const name of ['legalEntity', 'person', 'rate'] as const) delete silent[name];
    const result = reconcileTime(window, [silent, fact('kantata:2')], [fact('kantata:1'), fact('kantata:2')]);
    result.should.containEql({ matched: 2, breaks: [] });
    result.notCompared.should.deepEqual({ person: 1, entity: 1, rate: 1 });
  });

  it('takes a rate of zero and none for the same only where neither side bills', () => {
    const zero = { rate: eur('0.00'), amount: eur('0.00') };
    const none = { rate: null, amount: null };
    reconcileTime(window, [fact('k:1', { ...zero, billable: false })], [fact('k:1', { ...none, billable: false })]).matched.should.equal(1);
    reconcileTime(window, [fact('k:1', zero)], [fact('k:1', none)]).breaks.should.have.length(1);
    reconcileTime(window, [fact('k:1', { ...none, billable: false })], [fact('k:1', { billable: false })]).breaks.should.have.length(1);
  });

  it('finds no other currency where nothing is billed', () => {
    const free = (currency: string) => ({ rate: { amount: '0', currency }, amount: { amount: '0', currency } });
    reconcileTime(window, [fact('k:1', free('USD'))], [fact('k:1', free('EUR'))]).breaks.should.deepEqual([]);
  });

  it('counts entries without an amount, which are not entries of an amount of zero', () => {
    controlTotals([fact('k:1', { amount: eur('0.00') }), fact('k:2', { amount: null })]).should.containEql({
      withoutAmount: 1,
      amounts: { DE01: { EUR: '0.00' } },
    });
  });

  it('counts an entity that is named like what all tables share as no entity', () => {
    const totals = controlTotals([fact('k:1', { legalEntity: '__proto__' }), fact('k:2', { legalEntity: 'constructor' })]);
    totals.amounts.should.deepEqual({ '-': { EUR: '150.00' }, constructor: { EUR: '150.00' } });
    should(({} as Record<string, unknown>)['EUR']).equal(undefined);
  });

  it('adds up by legal entity and currency, and notices swapped lines by the hash total', () => {
    const lines = [
      fact('kantata:10', { legalEntity: 'DE01' }),
      fact('kantata:11', { legalEntity: 'DE01' }),
      fact('kantata:12', { legalEntity: 'US01', amount: { amount: '0.10', currency: 'USD' } }),
    ];
    controlTotals(lines).should.deepEqual({
      entries: 3,
      minutes: 180,
      amounts: { DE01: { EUR: '300.00' }, US01: { USD: '0.10' } },
      withoutAmount: 0,
      hashTotal: '33',
    });
    controlTotals([fact('kantata:10'), fact('kantata:13')]).hashTotal.should.not.equal(
      controlTotals([fact('kantata:10'), fact('kantata:11')]).hashTotal,
    );
  });
});
