import { phrase } from '../../../model/failure-words.ts';
import { outsideInstant } from '../../../model/outside-number.ts';
import { unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';

/** A string as a SOQL literal: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm */
export function soqlText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

/** An instant as a SOQL literal. Comparisons ignore fractions of a second, so they are left out. */
export function soqlInstant(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

/** `2026-11-23T02:10:00.000+0000` → RFC 3339 UTC */
export function instantOf(text: string): string {
  const instant = outsideInstant(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (instant === undefined) throw unexpected(askedFor.query, phrase('ANSWER_SHAPE.record-with-stamps'), text);
  return new Date(instant).toISOString();
}
