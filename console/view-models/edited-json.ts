import { inexactNumber } from '../../model/exact-json.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import { plainJson } from '../../model/plain-text.ts';

export type EditedJson =
  { state: 'unchanged' } | { state: 'changed'; data: Json } | { state: 'invalid'; reason: string } | { state: 'inexact'; number: string };

/** What the text in the editor is, compared with the event as it was. Layout and the order of names do not count as a change. */
export function editedJson(text: string, original: Json): EditedJson {
  let data: Json;
  try {
    data = JSON.parse(text) as Json;
  } catch (error) {
    return { state: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
  const number = inexactNumber(text, JSON.stringify(original));
  if (number !== undefined) return { state: 'inexact', number: number.slice(0, 40) };
  return canonicalJson(data) === canonicalJson(original) ? { state: 'unchanged' } : { state: 'changed', data };
}

/** What cannot be seen in it is written as escapes, and is the same when it is read. */
export function jsonText(data: Json): string {
  return plainJson(JSON.stringify(data, null, 2));
}
