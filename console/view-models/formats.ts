import { moneyText } from '../../model/money-text.ts';
import { languageTag } from './language-tag.ts';

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** Numbers, money and times as the reader's language writes them. */
export class Formats {
  private readonly language: string;
  private readonly timeZone: string | undefined;

  constructor(language: string, timeZone?: string) {
    this.language = languageTag(language);
    this.timeZone = timeZone;
  }

  /** How long ago (or until), in the largest unit that is full: `3 min. ago`. */
  ago(at: number, now: number): string {
    const difference = at - now;
    const [unit, size] = steps.find(([, ms]) => Math.abs(difference) >= ms) ?? (['second', 1000] as const);
    return new Intl.RelativeTimeFormat(this.language, { style: 'short', numeric: 'auto' }).format(Math.trunc(difference / size), unit);
  }

  /** An instant, in the reader's time zone. Epoch ms or RFC 3339. */
  instant(at: number | string): string {
    const date = new Date(at);
    if (Number.isNaN(date.getTime())) return String(at);
    return new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: this.timeZone }).format(date);
  }

  /** A calendar date, the same in every time zone. `YYYY-MM-DD` */
  date(date: string): string {
    const at = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(at.getTime())) return date;
    return new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
  }

  /** The same where the year is known: `Nov 3`. */
  day(date: string): string {
    return new Intl.DateTimeFormat(this.language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00:00Z`),
    );
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.language).format(value);
  }

  /** How long something takes, by the unit that says it best: `40 sec`, `3.5 hr`, `4 days`. */
  duration(hours: number): string {
    const seconds = hours * 3_600;
    const [unit, per, digits] =
      seconds < 90
        ? (['second', 1, 0] as const)
        : seconds < 3_600
          ? (['minute', 60, 0] as const)
          : hours < 48
            ? (['hour', 3_600, 1] as const)
            : (['day', 86_400, 1] as const);
    const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const;
    return new Intl.NumberFormat(this.language, style).format(seconds / per);
  }

  /** How long a call took: `320 ms`, `4 sec`. In ms; a clock that was set back makes none. */
  elapsed(ms: number): string {
    if (ms >= 1_000) return this.duration(ms / 3_600_000);
    return new Intl.NumberFormat(this.language, { style: 'unit', unit: 'millisecond', unitDisplay: 'short' }).format(Math.max(0, ms));
  }

  /** A figure of the business. */
  figure(value: number, unit: 'hours' | 'percent' | 'count'): string {
    if (unit === 'hours') return this.duration(value);
    if (unit === 'percent') return this.percent(value);
    return new Intl.NumberFormat(this.language, { maximumFractionDigits: value < 1 ? 3 : value < 10 ? 1 : 0 }).format(value);
  }

  percent(value: number): string {
    return new Intl.NumberFormat(this.language, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
  }

  /** Minutes as hours and minutes, exact: 98085 → `1,634 hr 45 min`. */
  minutes(total: number): string {
    const [hours, rest] = [Math.trunc(total / 60), total % 60];
    const unit = (value: number, name: 'hour' | 'minute') =>
      new Intl.NumberFormat(this.language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
    if (hours === 0) return unit(rest, 'minute');
    return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(Math.abs(rest), 'minute')}`;
  }

  /** A decimal string with its currency, every digit of it (ECMA-402 formats strings exactly, without a float in between). */
  money(amount: string, currency: string): string {
    return moneyText(amount, currency, this.language);
  }
}
