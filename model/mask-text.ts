/** What stands in place of what was masked. */
export const masked = '•••';

/** How an address is parted when it is written out, in a link, in HTML or in escaped JSON, also once more escaped. */
const at = /\\{0,8}[@\uff20\ufe6b]|%(?:25){0,3}40|&(?:amp;){0,3}(?:#0{0,5}64(?!\d);?|#x0{0,4}40(?![\da-f]);?|commat;)|\\{1,8}(?:u00|x)40/gi;

/** RFC 5322 allows more in the part before the sign than this; what is missing parts an address from what stands around it: `:` `/` `=`. */
const localAscii = new Set(
  [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+'-!#$&*?^`{|}~"].map((sign) => sign.charCodeAt(0)),
);
const isLocalAscii = Uint8Array.from({ length: 128 }, (_none, code) => (localAscii.has(code) ? 1 : 0));
/** What is not seen may stand before it. */
const isDomainStart = /^[\p{Cf}\ufe0f]{0,4}[\p{L}\p{N}\p{So}_[]/u;
const longestStart = 6;
/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.1 allows 64; a longer one is not looked for in quotation marks */
const longestQuoted = 256;
/** Nobody reads a text with more of them: what stands behind so many is masked whole. */
const mostSigns = 20_000;

/**
 * Text in which e-mail addresses keep only their domain. Takes time in proportion to the text: each letter is looked at
 * once, from an `@` back to where the address begins.
 */
export function maskEmails(text: string): string {
  return maskAddresses(text.includes(approvalLinks) ? text.replace(signatureOfLink, `$1${masked}`) : text);
}

/** Who reads a link by which a question is answered is not to answer it: without its signature it is of no use. */
const approvalLinks = '/approval-links/';
const signatureOfLink = /(\/approval-links\/[\w-]{20,}\.)[\w-]{43}/g;

function maskAddresses(text: string): string {
  if (!mayHoldAddress(text)) return text;
  let result = '';
  let shown = 0;
  at.lastIndex = 0;
  let signs = 0;
  for (let found = at.exec(text); found; found = at.exec(text)) {
    if (++signs > mostSigns) return result + masked;
    const sign = found.index;
    const after = sign + found[0].length;
    // also the second half of a letter outside the first plane
    if (!isDomainStart.test(text.slice(after, after + longestStart))) continue;
    const start = startOfAddress(text, sign, shown);
    if (start === sign) continue;
    result += text.slice(shown, start) + masked;
    shown = sign;
  }
  return shown === 0 ? text : result + text.slice(shown);
}

function mayHoldAddress(text: string): boolean {
  return text.includes('@') || text.includes('40') || text.includes('\uff20') || text.includes('\ufe6b') || /#0{0,5}64|commat;/i.test(text);
}

/** Where what stands before the sign begins; not before `least`. */
function startOfAddress(text: string, sign: number, least: number): number {
  let start = sign;
  if (text[sign - 1] === '"') {
    const quote = text.lastIndexOf('"', sign - 2);
    if (quote >= Math.max(least, sign - longestQuoted)) return quote;
  }
  while (start > least && isLocal(text, start - 1)) start--;
  return start;
}

function isLocal(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code < 128 ? isLocalAscii[code] === 1 : !partsWords(code);
}

/** Blanks, quotation marks, dashes and stops of other scripts. What is not seen (U+200B and its like) parts nothing. */
function partsWords(code: number): boolean {
  if (code < 0x2000) return code === 0xa0 || code === 0xab || code === 0xbb || code === 0x1680;
  if (code < 0x3000) return code <= 0x200a || (code >= 0x2010 && code <= 0x2029) || (code >= 0x202f && code <= 0x205f);
  return code <= 0x3002 || code === 0xff0c || code === 0xff1a || code === 0xff1b;
}

/**
 * `+49 711 123-4567`: an international number, which nothing else is written like; also with blanks and hyphens that do not break. At most so many
 * digits as ITU-T E.164 allows.
 */
const phone = /(?:(?<![\w+])[+\uff0b]|%2b)\d(?:[ \u00a0\u2009\u202f().\/\u2010-\u2015-]{0,3}\d){7,14}(?!\d)/gi;
const mayHoldPhone = /[+\uff0b]|%2b/i;

/** Text without e-mail addresses and telephone numbers, as far as both can be told by their form alone. */
export function maskText(text: string): string {
  const result = maskEmails(text);
  return mayHoldPhone.test(result) ? result.replace(phone, masked) : result;
}
