import { clockHours } from '../model/clock-hours.ts';
import type { SourceEvent } from '../model/operations.ts';
import { minutesOf, type RunFacts, runFactsIn } from '../model/run-facts.ts';

/** By what a run is found, in lines: business id, key, engagement, client, amount, hours; and apart from it the persons, whom not everybody may find. */
export interface Sought {
  sought: string;
  persons: string;
}

export function soughtOf({ subject, key, data }: Pick<SourceEvent, 'subject' | 'key' | 'data'>): Sought {
  const facts = runFactsIn(data);
  return { sought: soughtLines(subject, key, facts), persons: facts.persons.join('\n').toLowerCase() };
}

/** Each fact is a line, so that a number can be asked for as a whole: `\n12500.5 eur\n`, `\n7:30 h\n`. */
export function soughtLines(
  subject: string,
  key: string,
  { engagement, client, amount, currency, minutes }: Omit<RunFacts, 'persons'>,
): string {
  const lines = [
    subject,
    ...(key === subject ? [] : [key]),
    ...(engagement === undefined ? [] : [engagement]),
    ...(client === undefined ? [] : [client]),
    ...(amount === undefined ? [] : [`${plain(amount)} ${currency}`]),
    ...(minutes === undefined ? [] : [`${clockHours(minutes)} h`]),
  ];
  return `\n${lines.join('\n')}\n`.toLowerCase();
}

/** What of those lines a search looks for, any of them: the text itself, and where it is a number, an amount or hours, however they are written. */
export function soughtBy(search: string): string[] {
  const text = search.trim().toLowerCase();
  return [...new Set([search.toLowerCase(), ...amounts(text), ...hours(text)])];
}

/** The line of an engagement, or of the deal that it began with. */
export const soughtByCode = (engagement: string): string => `\n${engagement.trim().toLowerCase()}\n`;

/** Without zeros that say nothing: `012500.50` is `12500.5`. */
function plain(amount: string): string {
  const [whole = '', part = ''] = amount.split('.');
  let end = part.length;
  while (end > 0 && part[end - 1] === '0') end--;
  const sign = whole.startsWith('-') ? '-' : '';
  const digits = whole.replace(/^-?0*(?=\d)/, '');
  return `${sign}${digits}${end > 0 ? `.${part.slice(0, end)}` : ''}`;
}

function amounts(text: string): string[] {
  const [, number, currency = ''] = /^(-?\d[\d.,'\u00a0\u202f]{0,24}) ?([a-z]{3})?$/.exec(text) ?? [];
  if (number === undefined) return [];
  return decimalsOf(number).map((amount) => (currency === '' ? `\n${amount} ` : `\n${amount} ${currency}\n`));
}

function hours(text: string): string[] {
  const [, number] = /^(\d{1,6}(?:[.,:]\d{1,8})?) ?h?$/.exec(text) ?? [];
  if (number === undefined) return [];
  const [whole = '', part] = number.split(':');
  const minutes =
    part === undefined ? minutesOf(number.replace(',', '.')) : /^[0-5]\d$/.test(part) ? Number(whole) * 60 + Number(part) : undefined;
  return minutes === undefined ? [] : [`\n${clockHours(minutes)} h\n`];
}

/** `12,500.50`, `12.500,50` and `12500.5` are one; of `12.500` nobody knows which it is: both are looked for. */
function decimalsOf(number: string): string[] {
  const signs = number.replaceAll(/[\d-]/g, '');
  const last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
  const digits = (text: string) => text.replaceAll(/[^\d-]/g, '');
  const whole = plain(digits(number));
  const decimals = last < 0 ? '' : number.slice(last + 1);
  if (decimals === '') return [whole];
  const exact = plain(`${digits(number.slice(0, last))}.${digits(decimals)}`);
  const sign = number[last]!;
  if (signs.split(sign).length > 2) return [whole]; // a sign that is there twice parts thousands
  return decimals.length === 3 && signs.length === 1 ? [whole, exact] : [exact];
}
