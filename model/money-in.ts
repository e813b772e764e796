import type { Json } from './json.ts';

/** An amount with its currency, if a value of a flow is one. */
export function moneyIn(value: Json): { amount: string; currency: string } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length !== 2) return undefined;
  const { amount, currency } = value;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return /^-?\d+(\.\d+)?$/.test(String(amount)) ? { amount: String(amount), currency } : undefined;
}
