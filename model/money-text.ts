import { currencyDecimals } from './currency-decimals.ts';

/** A decimal string with its currency as a language writes it, every digit of it (ECMA-402 formats strings exactly, without a float in between). */
export function moneyText(amount: string, currency: string, language: string): string {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const style = { style: 'currency', currency, currencyDisplay: 'code' } as const;
  const least = currencyDecimals(currency); // what is booked, not what the language usually shows
  if (least === undefined) return `${amount} ${currency}`;
  try {
    const exact = new Intl.NumberFormat(language, {
      ...style,
      minimumFractionDigits: least,
      maximumFractionDigits: Math.max(least, decimals),
    });
    return exact.format(amount as Intl.StringNumericLiteral);
  } catch {
    return `${amount} ${currency}`; // not an amount
  }
}
