import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import { rateOn, ratesOffCard } from '../../model/rate-card-rules.ts';
import type { DatedRate, RateCard } from '../../model/types.generated.ts';
import { sampleEngagement } from './sample-engagement.ts';

const line = (amount: string, validFrom: string, validUntil?: string, more: Partial<DatedRate> = {}): DatedRate => ({
  ...{ role: 'Consultant', rate: { amount, currency: 'EUR' }, unit: 'hour', validFrom, ...more },
  ...(validUntil === undefined ? {} : { validUntil }),
});
const card = (...lines: DatedRate[]): RateCard => ({ code: 'STANDARD', currency: 'EUR', lines });
const year = card(line('100', '2027-01-01', '2028-02-28'), line('110.125', '2028-02-29'));
const codes = (value: unknown) => contractIssues('rate-card', value).map(({ code, field }) => `${code} ${field}`);

describe('A rate card', () => {
  it('keeps its contract where each span follows the one before, over a leap day too', () => codes(year).should.eql([]));

  const wrong: Record<string, [value: unknown, issue: string]> = {
    'two rates for one day': [card(line('1', '2027-01-01', '2027-06-30'), line('2', '2027-06-30')), 'RATE_CARD_OVERLAP lines[1].validFrom'],
    'two rates without an end': [card(line('1', '2027-01-01'), line('2', '2027-02-01')), 'RATE_CARD_OVERLAP lines[1].validFrom'],
    'two rates of one name, as people write it': [
      card(line('1', '2027-01-01'), line('1', '2027-01-01', undefined, { role: ' consultant ' })),
      'RATE_CARD_OVERLAP lines[1].validFrom',
    ],
    'days without a rate between two': [
      card(line('2', '2027-03-02'), line('1', '2027-01-01', '2027-02-28')),
      'RATE_CARD_GAP lines[0].validFrom',
    ],
    'an end before the beginning': [card(line('1', '2027-02-01', '2027-01-31')), 'RATE_CARD_SPAN lines[0].validUntil'],
    'another currency': [
      card(line('1', '2027-01-01', undefined, { rate: { amount: '1', currency: 'USD' } })),
      'RATE_CARD_CURRENCY lines[0].rate',
    ],
    'a negative rate': [card(line('-1', '2027-01-01')), 'MONEY_NEGATIVE lines[0].rate'],
    'a day that is none': [card(line('1', '2027-02-29')), 'SCHEMA_FORMAT lines[0].validFrom'],
    'no unit': [card({ ...line('1', '2027-01-01'), unit: undefined as never }), 'SCHEMA_REQUIRED lines[0].unit'],
    'no rate': [card({ ...line('1', '2027-01-01'), rate: undefined as never }), 'SCHEMA_REQUIRED lines[0].rate'],
    'a float': [card(line(1.5 as never, '2027-01-01')), 'SCHEMA_TYPE lines[0].rate.amount'],
    'no line': [card(), 'RATE_CARD_EMPTY lines'],
  };
  for (const [what, [value, issue]] of Object.entries(wrong))
    it(`is refused with ${what}`, () => codes(JSON.parse(JSON.stringify(value))).should.containEql(issue));

  it('says the rate of a day, of its first and its last, and of none before or after', () => {
    const on = (day: string) => rateOn(year, { role: 'consultant' }, day)?.rate.amount;
    should(['2026-12-31', '2027-01-01', '2028-02-28', '2028-02-29', '2040-01-01'].map(on)).eql([
      undefined,
      '100',
      '100',
      '110.125',
      '110.125',
    ]);
    should(rateOn(card(line('1', '2027-01-01', '2027-12-31')), { role: 'Consultant' }, '2028-01-01')).equal(undefined);
    should(rateOn(card(line('0', '2027-01-01')), { role: 'Consultant' }, '2027-01-01')!.rate.amount).equal('0');
    should(rateOn(year, { role: 'Architect' }, '2027-01-01')).equal(undefined);
  });

  it('takes the region’s own before that of every region, then the grade’s, and no other region’s or grade’s', () => {
    const many = card(
      ...[
        line('1', '2027-01-01'),
        line('2', '2027-01-01', undefined, { region: 'DACH' }),
        line('3', '2027-01-01', undefined, { grade: 'Senior' }),
      ],
      line('4', '2027-01-01', undefined, { grade: 'Senior', region: 'DACH' }),
    );
    codes(many).should.eql([]);
    const rate = (more: object) => rateOn(many, { role: 'Consultant', ...more }, '2027-01-01')?.rate.amount;
    should(
      [{}, { region: 'dach' }, { grade: 'senior' }, { grade: 'Senior', region: 'DACH' }, { grade: 'Junior', region: 'UK' }].map(rate),
    ).eql(['1', '2', '3', '4', '1']);
    should(rateOn(card(line('2', '2027-01-01', undefined, { region: 'DACH' })), { role: 'Consultant' }, '2027-01-01')).equal(undefined);
  });

  describe('beside an engagement', () => {
    const engagement = sampleEngagement();
    const day = engagement.contract.start;
    const agreed = (change: (line: DatedRate) => Partial<DatedRate> = () => ({}), more: Partial<RateCard> = {}): RateCard => ({
      ...card(
        ...engagement.rateCard.map((one) => {
          const dated: DatedRate = { ...one, validFrom: '2020-01-01' };
          return { ...dated, ...change(dated) };
        }),
      ),
      ...more,
    });
    const off = (by: RateCard, on = day) => ratesOffCard(engagement, by, on).map(({ code, field }) => `${code} ${field}`);
    const all = (code: string) => engagement.rateCard.map((_, index) => `${code} rateCard[${index}].rate`);

    it('agrees with the same rates, however they are written', () => {
      off(agreed()).should.eql([]);
      off(agreed(({ rate }) => ({ rate: { ...rate, amount: `${rate.amount}${rate.amount.includes('.') ? '' : '.'}0` } }))).should.eql([]);
    });

    it('names each agreed rate that is another, in another unit or currency, or not there on that day', () => {
      off(agreed(({ rate }) => ({ rate: { ...rate, amount: '0' } }))).should.eql(all('RATE_OFF_CARD'));
      off(agreed(({ unit }) => ({ unit: unit === 'day' ? 'hour' : 'day' }))).should.eql(all('RATE_OFF_CARD'));
      off(agreed(({ rate }) => ({ rate: { ...rate, currency: 'JPY' } }))).should.eql(all('RATE_OFF_CARD'));
      off(agreed(), '2019-12-31').should.eql(all('RATE_OFF_CARD'));
    });

    it('is not that of another entity, client or engagement', () => {
      for (const [field, of] of Object.entries({ legalEntity: 'XX99', account: 'ACC-9', engagement: 'ENG-9' }))
        off(agreed(undefined, { [field]: of })).should.eql([`RATE_CARD_OTHER rateCard.${field}`]);
      off(
        agreed(undefined, { legalEntity: engagement.legalEntity, account: engagement.account.code, engagement: engagement.code }),
      ).should.eql([]);
    });
  });
});
