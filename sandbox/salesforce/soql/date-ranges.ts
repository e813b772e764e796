const DAY = 86_400_000;

/** Half-open range of instants; the org's time zone is GMT, its week starts on Sunday, its fiscal year is the calendar year. */
export interface Range {
  from: Date;
  to: Date;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** SOQL date literals (SOQL and SOSL Reference, "Date Formats and Date Literals"). */
export function dateRange(literal: string, now: Date): Range | undefined {
  const [name = '', count] = literal.toUpperCase().replace('FISCAL_', '').split(':');
  const n = Number(count ?? 0);
  const fixed: Readonly<Record<string, () => Range>> = {
    YESTERDAY: () => units(now, 'DAY', -1, 0),
    TODAY: () => units(now, 'DAY', 0, 1),
    TOMORROW: () => units(now, 'DAY', 1, 2),
    LAST_90_DAYS: () => units(now, 'DAY', -90, 1),
    NEXT_90_DAYS: () => units(now, 'DAY', 1, 91),
    LAST_N_DAYS: () => units(now, 'DAY', -n, 1),
    NEXT_N_DAYS: () => units(now, 'DAY', 1, n + 1),
    N_DAYS_AGO: () => units(now, 'DAY', -n, -n + 1),
  };
  const known = fixed[name];
  if (known) return known();
  const match = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (match) {
    const shift = { LAST: -1, THIS: 0, NEXT: 1 }[match[1] as 'LAST' | 'THIS' | 'NEXT'];
    return units(now, match[2] as Unit, shift, shift + 1);
  }
  const counted = /^(LAST_N|NEXT_N|N)_(WEEK|MONTH|QUARTER|YEAR)S(_AGO)?$/.exec(name);
  if (!counted) return undefined;
  const unit = counted[2] as Unit;
  if (counted[1] === 'LAST_N') return units(now, unit, -n, 0);
  if (counted[1] === 'NEXT_N') return units(now, unit, 1, n + 1);
  return units(now, unit, -n, -n + 1);
}

/** From the start of the unit `first` units away to the start of the one `end` units away. */
function units(now: Date, unit: Unit, first: number, end: number): Range {
  return { from: startOf(now, unit, first), to: startOf(now, unit, end) };
}

function startOf(now: Date, unit: Unit, shift: number): Date {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const today = Date.UTC(year, month, now.getUTCDate());
  switch (unit) {
    case 'DAY':
      return new Date(today + shift * DAY);
    case 'WEEK':
      return new Date(today - now.getUTCDay() * DAY + shift * 7 * DAY);
    case 'MONTH':
      return new Date(Date.UTC(year, month + shift, 1));
    case 'QUARTER':
      return new Date(Date.UTC(year, Math.floor(month / 3) * 3 + shift * 3, 1));
    case 'YEAR':
      return new Date(Date.UTC(year + shift, 0, 1));
  }
}

/** Date functions: what GROUP BY and WHERE may take of a date (SOQL Reference, "Date Functions"). */
export const DATE_FUNCTIONS: Readonly<Record<string, (at: Date) => number | string>> = {
  CALENDAR_YEAR: (at) => at.getUTCFullYear(),
  CALENDAR_QUARTER: (at) => Math.floor(at.getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (at) => at.getUTCMonth() + 1,
  FISCAL_YEAR: (at) => at.getUTCFullYear(),
  FISCAL_QUARTER: (at) => Math.floor(at.getUTCMonth() / 3) + 1,
  FISCAL_MONTH: (at) => at.getUTCMonth() + 1,
  DAY_IN_MONTH: (at) => at.getUTCDate(),
  DAY_IN_WEEK: (at) => at.getUTCDay() + 1,
  DAY_IN_YEAR: (at) => Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / DAY) + 1,
  WEEK_IN_MONTH: (at) => Math.floor((at.getUTCDate() - 1) / 7) + 1,
  WEEK_IN_YEAR: (at) => Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / (7 * DAY)) + 1,
  DAY_ONLY: (at) => at.toISOString().slice(0, 10),
  HOUR_IN_DAY: (at) => at.getUTCHours(),
};
