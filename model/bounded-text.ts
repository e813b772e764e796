/**
 * A text of at most so many UTF-16 units that every store takes: an outside text may be of any length, be cut in the
 * middle of a letter, or hold what PostgreSQL refuses (U+0000).
 */
export function boundedText(value: unknown, most: number): string {
  let text = typeof value === 'string' ? value : asText(value, most);
  if (text.length > most) text = `${text.slice(0, most - 1)}…`;
  return text.includes('\0') ? text.toWellFormed().replaceAll('\0', '\ufffd') : text.toWellFormed();
}

/** The types say that it is a text; what a system answered may be something else all the same. */
function asText(value: unknown, most: number): string {
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value).slice(0, most + 1);
  } catch {
    return '[object]';
  }
}
