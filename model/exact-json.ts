import { endOfText } from './end-of-text.ts';
import type { Json } from './json.ts';

/** Only a number of 16 digits or more, or of a three-digit exponent, can lose something: most texts have none, and that is seen quickly. */
const suspicious = /[\d.]{16}|[eE][+-]?\d{3}/;

const quote = 0x22;

/** JSON as `JSON.parse` reads it, but a number that JavaScript cannot hold (an id beyond 2^53, an amount of 19 digits) is its text. */
export function parseExactJson(text: string): Json {
  const parsed = JSON.parse(text) as Json;
  if (!suspicious.test(text)) return parsed;
  let exact = '';
  let from = 0;
  for (const { start, end } of inexactNumbers(text)) {
    exact += `${text.slice(from, start)}"${text.slice(start, end)}"`;
    from = end;
  }
  return from === 0 ? parsed : (JSON.parse(exact + text.slice(from)) as Json);
}

/** The first number of a JSON text that JavaScript cannot hold, as it is written; `before`: a JSON text, of which such numbers are taken as they are. */
export function inexactNumber(text: string, before = ''): string | undefined {
  if (!suspicious.test(text)) return undefined;
  const known = new Set(suspicious.test(before) ? inexactTexts(before) : []);
  for (const number of inexactTexts(text)) if (!known.has(number)) return number;
  return undefined;
}

function* inexactTexts(text: string): Generator<string> {
  for (const { start, end } of inexactNumbers(text)) yield text.slice(start, end);
}

/** Where the numbers are, in a text that is JSON. */
function* inexactNumbers(text: string): Generator<{ start: number; end: number }> {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (startsNumber(code)) {
      const start = at;
      while (at < text.length && inNumber(text.charCodeAt(at))) at++;
      if (!isHeld(text.slice(start, at))) yield { start, end: at };
      at--;
    }
  }
}

const startsNumber = (code: number) => code === 0x2d || (code >= 0x30 && code <= 0x39);
/** digits, `+`, `-`, `.`, `e`, `E` */
const inNumber = (code: number) => startsNumber(code) || code === 0x2b || code === 0x2e || code === 0x65 || code === 0x45;

/** A whole number is held up to 2^53 − 1: beyond, two neighbours become one. Any other when JavaScript would write the same decimal. */
function isHeld(literal: string): boolean {
  if (literal.length < 16 && !/[eE]/.test(literal)) return true;
  const value = Number(literal);
  if (/^-?\d+$/.test(literal)) return Number.isSafeInteger(value);
  return Number.isFinite(value) && decimalOf(literal) === decimalOf(String(value));
}

/** Digits without zeros at the ends, and the power of ten of the last: `1.50e3` and `1500` are both `15 2`. */
function decimalOf(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  let digits = whole + fraction;
  let last = Number(exponent) - fraction.length;
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  last += digits.length - end;
  digits = digits.slice(0, end);
  let begin = 0;
  while (begin < digits.length && digits[begin] === '0') begin++;
  return begin === digits.length ? '0' : `${digits.slice(begin)} ${last}`;
}
