import { isCalendarDate } from '../../model/calendar-date.ts';

/** Which runs, or dead letters, are looked at; days are those of whoever looks. */
export const runFilters = ['search', 'engagement', 'flow', 'class', 'system', 'severity', 'since', 'until'] as const;
export type RunFilter = { [name in (typeof runFilters)[number]]?: string };

/** How many fields narrow the list; what is searched for is seen above it. */
export const narrowedBy = (filter: RunFilter): number => runFilters.filter((name) => name !== 'search' && filter[name]).length;

/** The filter with another value of one field; an empty one takes it away. */
export function changed(filter: RunFilter, name: keyof RunFilter, value: string): RunFilter {
  const { [name]: _before, ...others } = filter;
  return value === '' ? others : { ...others, [name]: value };
}

/** As the admin API is asked for it: the day `until` is among them. What is no day asks for nothing. */
export function asAsked({ since, until, search, engagement, ...rest }: RunFilter): Record<string, string | number> {
  const of = (day: string | undefined, days: number): number | undefined => {
    if (!isCalendarDate(day)) return undefined;
    const at = new Date(`${day}T00:00:00`);
    at.setDate(at.getDate() + days);
    return at.getTime();
  };
  const asked = { ...rest, search: search?.trim(), engagement: engagement?.trim(), since: of(since, 0), until: of(until, 1) };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && value !== '')) as Record<
    string,
    string | number
  >;
}
