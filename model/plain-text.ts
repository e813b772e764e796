/**
 * Characters that show nothing themselves and change how others are shown: directions of writing (UAX #9, “Trojan Source”), controls,
 * spaces without width, tags. Line ends and tabs are what they seem; joiners are part of words in several scripts.
 */
const unseen =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udc7f]/g;

/** A text from outside as it may be shown: what cannot be seen in it is named, and can reorder nothing. */
export function plainText(text: string): string {
  return text.replace(unseen, (sign) => `[U+${hex(sign.codePointAt(0) as number)}]`);
}

/** JSON that says the same, with what cannot be seen written as escapes: it can be edited, and stays what it was. */
export function plainJson(json: string): string {
  return json.replace(unseen, (sign) => [...Array(sign.length).keys()].map((at) => `\\u${hex(sign.charCodeAt(at))}`).join(''));
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
