/** Wall-clock time of a zone, written as the milliseconds that the same figures would have in UTC. */
const offsets = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();
const quarterHour = 900_000;

export function wallClock(zone: string, instant: number): number {
  if (zone === 'UTC' || zone === 'Etc/UTC' || zone === 'GMT') return instant;
  const slot = Math.floor(instant / quarterHour);
  const key = `${zone}\n${slot}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = offsetAt(zone, slot * quarterHour);
    offsets.set(key, offset);
  }
  return instant + offset;
}

/** The calendar date that it is in the zone: how a date field cuts an instant. */
export function calendarDate(zone: string, instant: number): string {
  return new Date(wallClock(zone, instant)).toISOString().slice(0, 10);
}

function offsetAt(zone: string, instant: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second) - instant;
}
