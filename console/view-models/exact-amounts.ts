import { currencyDecimals } from '../../model/currency-decimals.ts';

/**
 * Amounts added up to the last digit, as whole numbers of the smallest part that one of them has: what the page does with amounts needs no library of
 * decimals, which would be a sixth of all that it loads.
 *
 * @param amounts decimal texts, as the admin API has them
 * @param currency its decimals are written at least
 */
export function sumOf(amounts: readonly string[], currency: string): string {
  const places = Math.max(0, ...amounts.map((amount) => decimalsOf(amount).length));
  const units = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '') + '0'.repeat(places - decimalsOf(amount).length)), 0n);
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const [whole, decimals] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  const written = withoutZeros(decimals).padEnd(currencyDecimals(currency) ?? 0, '0');
  return `${units < 0n ? '-' : ''}${whole}${written === '' ? '' : `.${written}`}`;
}

export const negative = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

const decimalsOf = (amount: string): string => amount.split('.')[1] ?? '';

function withoutZeros(decimals: string): string {
  let end = decimals.length;
  while (decimals[end - 1] === '0') end--;
  return decimals.slice(0, end);
}
