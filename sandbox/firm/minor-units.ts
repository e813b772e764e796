/** Money in the smallest unit of its currency (cents; whole yen), always an integer. */
export type MinorUnits = number;

/** ISO 4217 decimal places of the currencies this firm contracts in */
const DECIMALS: Record<string, number> = { EUR: 2, GBP: 2, USD: 2, CHF: 2, JPY: 0 };

export function decimals(currency: string): number {
  const places = DECIMALS[currency];
  if (places === undefined) throw new Error(`no such currency in the firm: ${currency}`);
  return places;
}

/** 1234550, EUR → `12345.50` */
export function toDecimal(amount: MinorUnits, currency: string): string {
  const places = decimals(currency);
  if (places === 0) return String(amount);
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** JSON number for APIs that carry amounts as numbers: parsed once from the exact decimal text, never calculated with. */
export function toJsonNumber(amount: MinorUnits, currency: string): number {
  return Number(toDecimal(amount, currency));
}

/** Splits an amount by weights so that the parts add up exactly; the residue goes to the last part. */
export function splitByWeight(amount: MinorUnits, weights: readonly number[]): MinorUnits[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // BigInt: an amount times a weight may pass 2^53
  const parts = weights.map((weight) => Number((BigInt(amount) * BigInt(weight)) / BigInt(total)));
  const given = parts.slice(0, -1).reduce((sum, part) => sum + part, 0);
  return [...parts.slice(0, -1), amount - given];
}

/** Hours for the systems that want a number: work is booked in quarter hours, and quarters are exact even in binary. */
export function quarterHours(minutes: number): number {
  if (minutes % 15 !== 0) throw new Error(`${minutes} minutes are not quarter hours`);
  return minutes / 60;
}
