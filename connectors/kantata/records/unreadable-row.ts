import { boundedText } from '../../../model/bounded-text.ts';
import type { UnreadableRow } from '../../../model/operations.ts';
import { type Row, text } from '../wire/envelope.ts';

/** What a row must say, in order of importance. */
export type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

export const hasId = (value: unknown): boolean => text({ id: value }, 'id') !== undefined;

/** Why no fact can be made of a row; `place` names one that does not say its id. */
export function unreadableRow(
  row: Row,
  checks: Checks,
  { place, keyOf }: { place: string; keyOf: (id: string) => string },
): UnreadableRow | undefined {
  const wrong = Object.keys(checks).find((field) => !checks[field]!(row[field]));
  return wrong === undefined ? undefined : oddRow(row, wrong, row[wrong], { place, keyOf });
}

export function oddRow(
  row: Row,
  field: string,
  value: unknown,
  { place, keyOf }: { place: string; keyOf: (id: string) => string },
): UnreadableRow {
  const id = text(row, 'id');
  return {
    ...(id === undefined ? {} : { key: keyOf(id) }),
    id: boundedText(id ?? place, 100),
    field,
    ...(value === undefined || value === null ? {} : { value: boundedText(value, 100) }),
  };
}
