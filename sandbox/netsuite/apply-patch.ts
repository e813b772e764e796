import type { LinePatch, RecordPatch } from './parse-record.ts';
import type { Line, Scalar, StoredRecord } from './state.ts';

/**
 * The record after the request. Lines with a known `line` are changed, others are added; a sublist named in `replace` consists of
 * the lines sent and no others.
 */
export function applyPatch(record: StoredRecord, patch: RecordPatch, replace: ReadonlySet<string>): StoredRecord {
  const next: StoredRecord = { ...record, fields: merged(record.fields, patch.fields), lines: { ...record.lines } };
  if (patch.externalId === null) delete next.externalId;
  else if (patch.externalId !== undefined) next.externalId = patch.externalId;
  for (const [name, lines] of Object.entries(patch.lines)) {
    next.lines[name] = mergedLines(replace.has(name) ? [] : (record.lines[name] ?? []), lines);
  }
  return next;
}

function merged(before: Record<string, Scalar>, changes: Record<string, Scalar | null>): Record<string, Scalar> {
  const after = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete after[name];
    else after[name] = value;
  }
  return after;
}

function mergedLines(before: Line[], changes: LinePatch[]): Line[] {
  const after = [...before];
  let last = Math.max(0, ...before.map((line) => line.line));
  for (const change of changes) {
    const index = after.findIndex((line) => line.line === change.line);
    const old = after[index];
    if (old) after[index] = { line: old.line, fields: merged(old.fields, change.fields) };
    else {
      last += 1;
      after.push({ line: last, fields: merged({}, change.fields) });
    }
  }
  return after;
}

/** Nothing but the stamps differs. */
export function sameContent(a: StoredRecord, b: StoredRecord): boolean {
  return content(a) === content(b);
}

function content(record: StoredRecord): string {
  const { lastModifiedDate: _stamp, ...fields } = record.fields;
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = Object.entries(record.lines).filter(([, list]) => list.length > 0);
  return JSON.stringify([
    record.externalId ?? null,
    sorted,
    lines.map(([name, list]) => [name, list.map((line) => [line.line, Object.entries(line.fields).sort(([a], [b]) => (a < b ? -1 : 1))])]),
  ]);
}
