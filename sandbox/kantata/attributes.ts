import type { Attribute, Call } from './resource.ts';
import type { Row } from './state.ts';

export const string: Attribute = { type: 'string' };
export const integer: Attribute = { type: 'integer' };
export const number: Attribute = { type: 'number' };
export const boolean: Attribute = { type: 'boolean', default: false };
export const truth: Attribute = { type: 'boolean', default: true };
export const date: Attribute = { type: 'date' };
export const datetime: Attribute = { type: 'datetime' };
export const json: Attribute = { type: 'json' };
export const integerId: Attribute = { type: 'integerId' };
export const cents: Attribute = { type: 'integer', financial: true };
export const zero: Attribute = { type: 'integer', default: 0 };

export const stamps: Record<string, Attribute> = { created_at: datetime, updated_at: datetime };

/** Captured answers show the sign (`$`) although the API page says that `currency_symbol` is the ISO code. */
const SIGNS: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', CHF: 'CHF', CAD: '$', AUD: '$', INR: '₹' };
/** ISO 4217 minor units other than 2 */
const BASE_UNITS: Record<string, number> = { JPY: 1, KRW: 1, KWD: 1000, BHD: 1000, TND: 1000 };

export function currencyOf(row: Row, call: Call): string {
  const own = row['currency'] ?? call.store.find('workspaces', row['workspace_id'])?.['currency'];
  return String(own ?? call.store.state.account.currency);
}

export const signOf = (currency: string): string => SIGNS[currency] ?? currency;
export const baseUnitOf = (currency: string): number => BASE_UNITS[currency] ?? 100;

export const currency: Record<string, Attribute> = {
  currency: { type: 'string', compute: currencyOf },
  currency_symbol: { type: 'string', compute: (row, call) => signOf(currencyOf(row, call)) },
  currency_base_unit: { type: 'integer', compute: (row, call) => baseUnitOf(currencyOf(row, call)) },
};

/** `$4,921`: captured amounts in words have no fractions */
export function inWords(amount: number | null, unit: string): string {
  if (amount === null) return 'TBD';
  return `${signOf(unit)}${Math.trunc(amount / baseUnitOf(unit)).toLocaleString('en-US')}`;
}
