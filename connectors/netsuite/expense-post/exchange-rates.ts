import { Decimal } from 'decimal.js';
import { addDays } from '../../../model/calendar-date.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { column, dateLiteral, type Row, type SuiteQl } from '../wire/suiteql.ts';

/** From a currency into that of the books, by their internal ids, on a day. */
export interface RateAsked {
  from: string;
  to: string;
  day: string;
}

/**
 * The account's own rates of the day. NetSuite takes the rate that was set last, however long ago, and 1 where none was: so a rate counts for some days
 * only, over weekends and holidays. SOAP `CurrencyRate`: what one unit is in the base currency.
 */
export class ExchangeRates {
  private readonly suiteQl: SuiteQl;
  private readonly maxAgeDays: number;
  private readonly signal: AbortSignal;
  private readonly days = new Map<string, Promise<Row[]>>();

  constructor(suiteQl: SuiteQl, maxAgeDays: number, signal: AbortSignal) {
    this.suiteQl = suiteQl;
    this.maxAgeDays = maxAgeDays;
    this.signal = signal;
  }

  /** As exact decimal text; `undefined`: there is none that still counts. */
  async rate({ from, to, day }: RateAsked): Promise<string | undefined> {
    let reading = this.days.get(day);
    if (!reading) this.days.set(day, (reading = this.read(day)));
    const rows = await reading;
    const newest = rows.filter((row) => row['transactioncurrency'] === from && row['basecurrency'] === to).at(-1);
    const rate = newest?.['exchangerate'];
    if (rate === undefined || outsideNumber(rate, { least: Number.MIN_VALUE, most: 1e12 }) === undefined) return undefined;
    return new Decimal(rate).toFixed();
  }

  private async read(day: string): Promise<Row[]> {
    const span = `effectivedate >= ${dateLiteral(addDays(day, -this.maxAgeDays))} AND effectivedate <= ${dateLiteral(day)}`;
    const rows = await this.suiteQl.all(
      `SELECT id, basecurrency, transactioncurrency, exchangerate, TO_CHAR(effectivedate, 'YYYY-MM-DD') AS day FROM currencyrate WHERE ${span} ORDER BY id`,
      this.signal,
    );
    return rows.toSorted((one, other) => column(one, 'day').localeCompare(column(other, 'day')));
  }
}
