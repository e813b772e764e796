import type { ConsoleHost } from '../host.ts';

/** First and last day of an entry, both included. */
export function validDays(
  { words, formats }: Pick<ConsoleHost, 'words' | 'formats'>,
  { validFrom, validTo }: { validFrom?: string; validTo?: string },
): string {
  const [first, last] = [validFrom, validTo].map((day) => (day === undefined ? '' : formats.date(day)));
  if (!first && !last) return words('maps.always');
  if (!last) return words('maps.from', { first: first ?? '' });
  return first ? words('maps.fromTo', { first, last }) : words('maps.to', { last });
}
