/** A text as it is read once the signs in it that somebody has written in another way are written as they are. */
export interface DecodedText {
  text: string;
  /** where what became this letter, or the end, begins in what was written */
  from(at: number): number;
}

const [percent, ampersand, backslash, semicolon, number] = [0x25, 0x26, 0x5c, 0x3b, 0x23];
const names: Record<string, string> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>', sol: '/', plus: '+', equals: '=' };
/** `&#x10ffff;` without the signs around it */
const longestName = 8;

/** Whether anything in it may be written in another way: most texts have nothing. */
export function mayBeEncoded(text: string): boolean {
  return /[%&\\]/.test(text);
}

/**
 * Reads it once (line ends and tabs as blanks): octets of UTF-8 in an address, escapes of JSON and JavaScript, signs of HTML by name or number. Undefined where that changes nothing.
 * Takes time in proportion to the text; the places are looked for only when somebody asks.
 */
export function decodedOnce(text: string): DecodedText | undefined {
  const units = new Uint16Array(text.length);
  let length = 0;
  walk(text, (code) => {
    if (code > 0xffff) {
      units[length++] = 0xd7c0 + (code >> 10);
      units[length++] = 0xdc00 + (code & 0x3ff);
    } else units[length++] = code;
  });
  if (length === text.length) return undefined; // whatever is written in another way is longer than it is
  let places: Uint32Array | undefined;
  return {
    text: textOf(units.subarray(0, length)),
    from: (at) => (places ??= placesIn(text, length))[at] as number,
  };
}

/** So many letters at once: each is an argument of one call. */
const mostLetters = 8_192;

/** Halves of letters stay what they are; the browser, which loads this too, has no other way to write them. */
function textOf(units: Uint16Array): string {
  let text = '';
  for (let from = 0; from < units.length; from += mostLetters) text += String.fromCharCode(...units.subarray(from, from + mostLetters));
  return text;
}

function placesIn(text: string, length: number): Uint32Array {
  const places = new Uint32Array(length + 1);
  let read = 0;
  walk(text, (code, at) => {
    places[read++] = at;
    if (code > 0xffff) places[read++] = at;
  });
  places[read] = text.length;
  return places;
}

/** Tells of each letter as it is read, and where it is written. */
function walk(text: string, tell: (code: number, at: number) => void): void {
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const sign =
      code === percent ? octetsAt(text, at) : code === backslash ? escapeAt(text, at) : code === ampersand ? nameAt(text, at) : none;
    if (sign === none) tell(code, at++);
    else {
      tell(Math.floor(sign / 16), at);
      at += sign % 16;
    }
  }
}

/** A letter that is written in another way, in one number: its code and how long it is written. */
const none = -1;
const signOf = (code: number, length: number) => code * 16 + length;

/** One letter in UTF-8: `%C3%BC`. */
function octetsAt(text: string, at: number): number {
  const first = octetAt(text, at);
  if (first < 0) return none;
  if (first < 0x80) return signOf(first, 3);
  if (first < 0xc2 || first > 0xf4) return none;
  const count = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let code = first & (0xff >> (count + 1));
  for (let next = 1; next < count; next++) {
    const octet = octetAt(text, at + next * 3);
    if (octet < 0x80 || octet > 0xbf) return none;
    code = code * 64 + (octet & 0x3f);
  }
  return code <= 0x10ffff ? signOf(code, count * 3) : none;
}

const octetAt = (text: string, at: number) => (text.charCodeAt(at) === percent ? hexAt(text, at + 1, 2) : none);

function escapeAt(text: string, at: number): number {
  const kind = text[at + 1];
  if (kind === '"' || kind === "'" || kind === '\\' || kind === '/') return signOf(text.charCodeAt(at + 1), 2);
  if (kind === 'n' || kind === 'r' || kind === 't') return signOf(0x20, 2);
  if (kind !== 'u' && kind !== 'x') return none;
  const digits = kind === 'u' ? 4 : 2;
  const code = hexAt(text, at + 2, digits);
  return code < 0 ? none : signOf(code, digits + 2);
}

function nameAt(text: string, at: number): number {
  let end = at + 1;
  while (end - at - 1 < longestName && isOfName(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) !== semicolon) return none;
  const name = text.slice(at + 1, end).toLowerCase();
  const given = /^#(?:(\d+)|x([\da-f]+))$/.exec(name);
  const code = given ? parseInt(given[1] ?? given[2]!, given[1] ? 10 : 16) : (names[name]?.charCodeAt(0) ?? none);
  return code < 0 || code > 0x10ffff ? none : signOf(code, end + 1 - at);
}

const isOfName = (code: number) => code === number || (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);

function hexAt(text: string, at: number, digits: number): number {
  let value = 0;
  for (let next = at; next < at + digits; next++) {
    const digit = hexDigit(text.charCodeAt(next));
    if (digit < 0) return none;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const small = code | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : none;
}
