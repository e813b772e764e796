import { boundedText } from './bounded-text.ts';
import { redact } from './redact.ts';

/** A value for a failure: of a record only what is not personal, for nothing tells later which part of the text was. */
export function shorten(value: unknown, length = 120): string {
  return boundedText(typeof value === 'string' ? value : (JSON.stringify(redact(value)) ?? String(value)), length);
}
