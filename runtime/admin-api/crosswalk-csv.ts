import type { CrosswalkChange, CrosswalkRow } from '../../engine/store/crosswalk.ts';
import type { CrosswalkEntry } from '../../model/crosswalk-entry.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';
import { ownershipColumns, ownershipTable } from '../../model/ownership-table.ts';
import { csvText, unguarded } from './csv.ts';

/** The columns of a map as a table; the first two say which state of which entry was seen. */
const columns = ['id', 'version', 'table', 'from', 'value', 'to', 'target', 'validFrom', 'validTo'] as const;
type Column = (typeof columns)[number];
const needed: readonly Column[] = ['table', 'from', 'value', 'to', 'target'];

/** How a file calls the columns that it has. */
type Layout = readonly (readonly [name: string, column: Column])[];
const ofMaps: Layout = columns.map((column) => [column, column]);
/** A file of nothing but owners needs no map: that it says `object` tells what it is. */
const ofOwners: Layout = [
  ['id', 'id'],
  ['version', 'version'],
  [ownershipColumns.from, 'from'],
  [ownershipColumns.value, 'value'],
  [ownershipColumns.target, 'target'],
  [ownershipColumns.to, 'to'],
  ['validFrom', 'validFrom'],
  ['validTo', 'validTo'],
];
const layoutOf = (names: readonly string[]) => (names.includes(ownershipColumns.from) ? ofOwners : ofMaps);

/** @param table the one that is asked for; owners alone have columns of their own */
export function crosswalkCsv(rows: readonly CrosswalkRow[], table?: string): string {
  if (table !== ownershipTable) return csvText(columns, rows);
  const names = ofOwners.map(([name]) => name);
  return csvText(
    names,
    rows.map((row) => Object.fromEntries(ofOwners.map(([name, column]) => [name, row[column]]))),
  );
}

/** A change, and the line of the file at which it begins. */
export interface CsvChange {
  line: number;
  change: CrosswalkChange;
}
export interface CsvTrouble {
  line: number;
  said: FailureText;
}

/** What a file says, as far as it can be read; whatever cannot be read is told, and nothing of it is guessed. */
export function changesIn(csv: string): { changes: CsvChange[]; troubles: CsvTrouble[] } {
  const { records, trouble } = recordsIn(csv.replace(/^\ufeff/, ''));
  if (trouble) return { changes: [], troubles: [trouble] };
  const [head, ...lines] = records;
  const names = head?.fields ?? [];
  const layout = layoutOf(names);
  const headTrouble = head ? troubleOfHead(names, layout) : inWords('CSV_UNREADABLE.nothing');
  if (headTrouble) return { changes: [], troubles: [{ line: 1, said: headTrouble }] };
  if (lines.length === 0) return { changes: [], troubles: [{ line: 1, said: inWords('CSV_UNREADABLE.nothing') }] };
  const columnOf = new Map(layout);
  const changes: CsvChange[] = [];
  const troubles: CsvTrouble[] = [];
  for (const { line, fields } of lines) {
    if (fields.length !== names.length) {
      troubles.push({ line, said: inWords('CSV_UNREADABLE.fields', { found: fields.length, wanted: names.length }) });
      continue;
    }
    const given: Partial<Record<Column, string>> = {
      ...(layout === ofOwners ? { table: ownershipTable } : {}),
      ...Object.fromEntries(names.map((name, place) => [columnOf.get(name), unguarded(fields[place] ?? '')])),
    };
    const { id = '', version = '' } = given;
    if ((id === '') !== (version === '') || !/^\d{0,9}$/.test(version) || !isEntryId(id))
      troubles.push({ line, said: inWords('CSV_UNREADABLE.version') });
    else changes.push({ line, change: { ...(id === '' ? {} : { id, version: Number(version) }), entry: entryOf(given) } });
  }
  return { changes, troubles };
}

function entryOf({
  table = '',
  from = '',
  value = '',
  to = '',
  target = '',
  validFrom = '',
  validTo = '',
}: Partial<Record<Column, string>>): CrosswalkEntry {
  return { table, from, value, to, target, ...(validFrom === '' ? {} : { validFrom }), ...(validTo === '' ? {} : { validTo }) };
}

/** A column that is not known may be a known one written wrongly: `validUntil` would be an entry without an end. */
function troubleOfHead(names: readonly string[], layout: Layout): FailureText | undefined {
  const takes = layout.map(([name]) => name).join(', ');
  const odd = names.find((name, place) => !layout.some(([known]) => known === name) || names.indexOf(name) !== place);
  if (odd !== undefined) return inWords('CSV_UNREADABLE.column', { name: odd, takes });
  const missing = layout.find(([name, column]) => needed.includes(column) && !names.includes(name));
  return missing && inWords('CSV_UNREADABLE.column-missing', { name: missing[0], takes });
}

/** As they are made; no other reaches the store. */
export const isEntryId = (id: string): boolean => /^[\w-]{0,100}$/.test(id);

interface Line {
  line: number;
  fields: string[];
}

/** Strictly by RFC 4180, but that lines may end without a return, and that fields may be parted by semicolons, as the first line does it: no column has one in its name. */
function recordsIn(text: string): { records: Line[]; trouble?: CsvTrouble } {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const comma = head.includes(';') && !head.includes(',') ? ';' : ',';
  const stops = new Set([comma, '"', '\r', '\n']);
  const records: Line[] = [];
  let [at, line] = [0, 1];
  for (let record: Line = { line, fields: [] }; ;) {
    let end = at;
    let field: string;
    if (text[at] === '"') {
      do end = text.indexOf('"', end + 1);
      while (end > 0 && text[end + 1] === '"' && ++end > 0);
      if (end < 0) break;
      field = text.slice(at + 1, end++).replaceAll('""', '"');
      line += field.split('\n').length - 1;
    } else {
      while (end < text.length && !stops.has(text[end] as string)) end++;
      field = text.slice(at, end);
    }
    record.fields.push(field);
    const stop = text.startsWith('\r\n', end) ? '\r\n' : (text[end] ?? '');
    at = end + stop.length;
    if (stop === comma) continue;
    if (stop !== '' && !stop.endsWith('\n')) break;
    // a line with nothing in it, as at the end of a file
    if (record.fields.some((one) => one !== '')) records.push(record);
    if (stop === '') return { records };
    record = { line: ++line, fields: [] };
  }
  return { records, trouble: { line, said: inWords('CSV_UNREADABLE.quotes') } };
}
