import { isCalendarDate } from '../../model/calendar-date.ts';

/** Which dead letters are looked at; days are those of whoever looks. */
export const deadLetterFilters = ['flow', 'class', 'system', 'severity', 'since', 'until'] as const;
export type DeadLetterFilter = { [name in (typeof deadLetterFilters)[number]]?: string };

/** As the admin API is asked for it: the day `until` is among them. What is no day asks for nothing. */
export function asAsked({ since, until, ...rest }: DeadLetterFilter): Record<string, string | number> {
  const of = (day: string | undefined, days: number): number | undefined => {
    if (!isCalendarDate(day)) return undefined;
    const at = new Date(`${day}T00:00:00`);
    at.setDate(at.getDate() + days);
    return at.getTime();
  };
  const asked = { ...rest, since: of(since, 0), until: of(until, 1) };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && value !== '')) as Record<
    string,
    string | number
  >;
}
