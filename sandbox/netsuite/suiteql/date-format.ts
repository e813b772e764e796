import { queryError } from './query-error.ts';
import { SqlDate } from './sql-value.ts';

/** Elements of Oracle's date format models that are understood here. */
const element = /YYYY|MM|MON|DD|HH24|MI|SS|"[^"]*"|[A-Z]+|[^A-Z"]+/gi;
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const written: Record<string, (date: Date) => string> = {
  YYYY: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  MM: (date) => two(date.getUTCMonth() + 1),
  MON: (date) => months[date.getUTCMonth()] ?? '',
  DD: (date) => two(date.getUTCDate()),
  HH24: (date) => two(date.getUTCHours()),
  MI: (date) => two(date.getUTCMinutes()),
  SS: (date) => two(date.getUTCSeconds()),
};

function two(value: number): string {
  return String(value).padStart(2, '0');
}

export function formatDate(value: SqlDate, format: string): string {
  const date = new Date(value.wall);
  return (format.match(element) ?? []).map((part) => written[part.toUpperCase()]?.(date) ?? literal(part)).join('');
}

export function parseDate(value: string, format: string): SqlDate {
  const names: string[] = [];
  const pattern = (format.match(element) ?? [])
    .map((part) => {
      const name = part.toUpperCase();
      if (!written[name]) return literal(part).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      names.push(name);
      return name === 'MON' ? '([A-Za-z]{3})' : name === 'YYYY' ? '(\\d{4})' : '(\\d{1,2})';
    })
    .join('');
  const match = new RegExp(`^${pattern}$`).exec(value);
  if (!match) throw queryError(`Parse of date/time "${value}" failed with date format "${format}".`);
  const part = (name: string, fallback: number): number => {
    const text = match[names.indexOf(name) + 1];
    return names.includes(name) && text !== undefined ? Number(text) : fallback;
  };
  const month = names.includes('MON') ? months.indexOf((match[names.indexOf('MON') + 1] ?? '').toUpperCase()) + 1 : part('MM', 1);
  return new SqlDate(Date.UTC(part('YYYY', 1970), month - 1, part('DD', 1), part('HH24', 0), part('MI', 0), part('SS', 0)));
}

function literal(part: string): string {
  if (part.startsWith('"')) return part.slice(1, -1);
  if (/^[A-Z]+$/i.test(part) && part.toUpperCase() !== 'T') throw queryError(`Date format not recognized: ${part}.`);
  return part;
}
