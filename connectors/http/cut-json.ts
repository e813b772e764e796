/**
 * Whether a text that cannot be parsed is JSON that ends too early: with what is open closed, and the last value made up, it is JSON. A connection that
 * ends in the middle of an answer leaves such a text; what never was JSON stays what it is.
 */
export function isCutJson(text: string): boolean {
  const { closing, quotedFrom } = openAtEnd(text);
  if (closing === '') return false;
  const whole = quotedFrom === undefined ? withoutHalfWord(text) : `${text.slice(0, quotedFrom)}""`;
  return ['', '0', ':0', '"":0'].some((lastValue) => isJson(whole + lastValue + closing));
}

/** What would close the lists and objects that are open at the end, and where the text begins that is open there. */
function openAtEnd(text: string): { closing: string; quotedFrom?: number } {
  const open: string[] = [];
  let quotedFrom: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quotedFrom !== undefined) {
      if (sign === '\\') at++;
      else if (sign === '"') quotedFrom = undefined;
    } else if (sign === '"') quotedFrom = at;
    else if (sign === '[') open.push(']');
    else if (sign === '{') open.push('}');
    else if (sign === ']' || sign === '}') open.pop();
  }
  return { closing: open.reverse().join(''), ...(quotedFrom === undefined ? {} : { quotedFrom }) };
}

/** `[1, tru` → `[1, 0`: of a number or a word that was cut, nobody knows the rest. */
function withoutHalfWord(text: string): string {
  let end = text.length;
  while (end > 0 && /[\w.+-]/.test(text[end - 1]!)) end--;
  return end === text.length ? text : `${text.slice(0, end)}0`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
