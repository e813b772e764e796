const quote = 0x22;
const backslash = 0x5c;

/** Index of the quotation mark that ends the text which begins at `from`. */
export function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return text.length;
}
