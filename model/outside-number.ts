/** What a number from outside may be. */
export interface Bounds {
  least: number;
  most: number;
  /** rounded to a whole number */
  whole?: boolean;
}

/** Longer texts are no numbers that anybody means. */
const longestText = 64;
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/**
 * A number that comes from outside the product (a header, an answer, a form, a setting, the environment), within its bounds: more than
 * `most` is `most`. What is no number, is not finite or is less than `least` is no answer: undefined.
 */
export function outsideNumber(value: unknown, { least, most, whole = false }: Bounds): number | undefined {
  const given = typeof value === 'string' ? fromText(value.trim()) : value;
  if (typeof given !== 'number' || Number.isNaN(given)) return undefined;
  const number = whole && Number.isFinite(given) ? Math.round(given) : given;
  if (number < least || given === Number.POSITIVE_INFINITY) return undefined;
  return Math.min(number, most);
}

/** Whether a number that somebody has set can be used as it is. */
export function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function fromText(text: string): number | undefined {
  if (text.length > longestText || !decimal.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : Math.sign(number) * Number.MAX_VALUE;
}

const longestInstant = 64;
/** before any system of ours had a clock; after which a year has no four digits */
const firstInstant = Date.UTC(2000, 0, 1);
const lastInstant = Date.UTC(9999, 11, 31);

/** The moment that a text from outside names (RFC 3339, HTTP date), epoch ms; undefined when it names none that can be meant. */
export function outsideInstant(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > longestInstant) return undefined;
  const at = Date.parse(value);
  return at >= firstInstant && at <= lastInstant ? at : undefined;
}
