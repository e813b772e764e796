import { Decimal } from 'decimal.js';
import { currencyDecimals } from './currency-decimals.ts';
import type { Issue } from './failure.ts';
import type { Money } from './money.ts';

/** The parts of a JSON Schema that the rules read. */
interface SchemaPart {
  $ref?: string;
  pattern?: string;
  properties?: Record<string, SchemaPart>;
  items?: SchemaPart;
  $defs?: Record<string, SchemaPart>;
}

const currencyForm = '^[A-Z]{3}$';

/** Contracts and work outside these years are slips of the keyboard (0026 for 2026), and systems cut or move them without a word. */
const years = { first: 1900, last: 2199 };

/**
 * What is wrong with the money, the currencies and the days of an object whose shape is right, wherever its schema has them: what a shape cannot
 * say, and what a system further on would round, refuse or take for another day.
 */
export function valueIssues(schema: object, value: unknown): Issue[] {
  const root = schema as SchemaPart;
  return within(root, value, '');

  function within(part: SchemaPart, found: unknown, field: string): Issue[] {
    if (found === undefined || found === null) return [];
    const name = part.$ref?.slice('#/$defs/'.length);
    if (name === 'money' || name === 'unitPrice') return moneyIssues(found as Money, field, name === 'unitPrice');
    if (name === 'calendarDate') return dayIssues(String(found), field);
    const target = name === undefined ? part : (root.$defs?.[name] ?? {});
    if (target.pattern === currencyForm) return currencyIssues(String(found), field);
    if (Array.isArray(found)) return target.items ? found.flatMap((item, at) => within(target.items!, item, `${field}[${at}]`)) : [];
    const parts = Object.entries(target.properties ?? {});
    return parts.flatMap(([key, child]) => within(child, (found as Record<string, unknown>)[key], field ? `${field}.${key}` : key));
  }
}

function moneyIssues({ amount, currency }: Money, field: string, unitPrice: boolean): Issue[] {
  const issues = currencyIssues(currency, `${field}.currency`);
  const value = new Decimal(amount);
  if (value.isNegative() && !value.isZero()) {
    issues.push({
      code: 'MONEY_NEGATIVE',
      field,
      value: `${amount} ${currency}`,
      message: `${field} is negative (${amount} ${currency}).`,
      remedy: 'Correct the amount in the source record; credits are not made here.',
    });
  }
  const digits = currencyDecimals(currency);
  if (!unitPrice && digits !== undefined && value.decimalPlaces() > digits) {
    issues.push({
      code: 'MONEY_DECIMALS',
      field,
      value: `${amount} ${currency}`,
      message: `${field} (${amount} ${currency}) has ${value.decimalPlaces()} decimals, ${currency} has ${digits === 0 ? 'none' : digits}.`,
      remedy: `Round the amount in the source record to ${digits === 0 ? 'whole units' : `${digits} decimals`}; it is not rounded here.`,
    });
  }
  return issues;
}

function currencyIssues(currency: string, field: string): Issue[] {
  if (currencyDecimals(currency) !== undefined) return [];
  return [
    {
      code: 'CURRENCY_NOT_ISO',
      field,
      value: currency,
      message: `${field}: ${currency} is not a currency of ISO 4217.`,
      remedy: 'Correct the currency in the source record or translate it in the mapping.',
    },
  ];
}

function dayIssues(day: string, field: string): Issue[] {
  const year = Number(day.slice(0, 4));
  if (year >= years.first && year <= years.last) return [];
  return [
    {
      code: 'DATE_YEAR',
      field,
      value: day,
      message: `${field} is in the year ${day.slice(0, 4)}.`,
      remedy: `Correct the date in the source record; years from ${years.first} to ${years.last} are taken.`,
    },
  ];
}
