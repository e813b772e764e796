import { randomUUID } from 'node:crypto';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Row } from '../sqlite/database.ts';
import type { RunId, RunStore } from '../store/runs.ts';
import { soughtOf } from '../sought.ts';
import { timeOrderedId } from '../time-ordered-id.ts';
import { pauses } from '../turns.ts';
import { databaseText } from './database-text.ts';
import type { Outcome, Transaction, WriteKind } from './write-kind.ts';
import { withoutNoNews } from './record-versions.ts';

type Accepted = Awaited<ReturnType<RunStore['accept']>>;
type AcceptInput = Parameters<RunStore['accept']>[0];

/** One event on its way into the table. */
interface NewRow {
  id: RunId;
  event: SourceEvent;
  /** its JSON */
  text: string;
  input: AcceptInput;
}

/** One statement takes so many rows, or so many characters of events, at most: making its text and reading its answer hold everybody else up. */
const most = { rows: 500, characters: 1_000_000 };

/** Events become runs, with the cursor; refused when the source's lease went to another instance meanwhile. */
export const acceptRuns: WriteKind<AcceptInput, Accepted> = {
  name: 'accept',
  apart: ({ cursor }) => (cursor ? cursor.source : randomUUID()),
  async apply(transaction, inputs) {
    const held = await heldLeases(transaction, inputs);
    const refused = (input: AcceptInput) => input.cursor?.lease !== undefined && !held.has(input.cursor.source);
    const taken = inputs.filter((input) => !refused(input));
    const accepted = new Map<AcceptInput, RunId[]>(taken.map((input) => [input, []]));
    await Promise.all([insertRuns(transaction, taken, accepted), moveCursors(transaction, taken)]);
    return inputs.map((input): Outcome<Accepted> => {
      const runs = accepted.get(input);
      return runs ? { value: { accepted: runs, duplicates: input.events.length - runs.length } } : { refused: sourceTakenOver() };
    });
  },
};

async function heldLeases(transaction: Transaction, inputs: AcceptInput[]): Promise<Set<string>> {
  const fenced = inputs.filter((input) => input.cursor?.lease !== undefined);
  if (fenced.length === 0) return new Set();
  const rows = await transaction.query(
    `SELECT l.source FROM source_leases l JOIN unnest($1::text[], $2::bigint[]) v (source, token) ON l.source = v.source AND l.token = v.token
     WHERE l.owner = $3 FOR SHARE OF l`,
    [fenced.map(({ cursor }) => cursor?.source), fenced.map(({ cursor }) => cursor?.lease), transaction.instance],
  );
  return new Set(rows.map((row) => String(row['source'])));
}

/** In as many statements as it takes: the next is made while the database works on the one before. Notes what was new. */
async function insertRuns(transaction: Transaction, inputs: AcceptInput[], accepted: Map<AcceptInput, RunId[]>): Promise<void> {
  const pause = pauses();
  let rows: NewRow[] = [];
  let characters = 0;
  let before: Promise<void> = Promise.resolve();
  const insert = async () => {
    const these = rows;
    [rows, characters] = [[], 0];
    const told = these.some(({ event }) => event.version?.content !== undefined)
      ? before.then(() => withoutNoNews(transaction, these)) // those before count as known
      : Promise.resolve(these);
    const inserted = told
      .then((news) => insertRows(transaction, news))
      .then((stored) => {
        const fresh = new Set(stored.map((row) => String(row['id'])));
        for (const { id, input } of these) if (fresh.has(id)) accepted.get(input)?.push(id);
      });
    inserted.catch(() => undefined); // it is awaited with the next one
    await before;
    before = inserted;
  };
  for (const input of inputs) {
    for (const event of input.events) {
      const text = JSON.stringify(event);
      rows.push({ id: timeOrderedId(), event, text, input });
      characters += text.length;
      if (rows.length >= most.rows || characters >= most.characters) await insert();
      const turn = pause();
      if (turn) await turn;
    }
  }
  if (rows.length > 0) await insert();
  await before;
}

function insertRows(transaction: Transaction, rows: NewRow[]): Promise<Row[]> {
  const sought = rows.map(({ event }) => soughtOf(event));
  const versions = rows.flatMap(({ event: { version } }, index) => (version ? [{ place: index + 1, version }] : []));
  return transaction.query(
    `WITH accepted AS (
     INSERT INTO runs (id, entry, flow, key, event_source, event_id, subject, event, status, available_at, severity, created_at, updated_at, home,
       version_record, version_at, version_content)
     SELECT id, entry, flow, key, source, event_id, subject, event, 'ready', at, severity, at, at, home, record, version_at, content
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[], $11::text[])
       WITH ORDINALITY v (id, entry, flow, key, source, event_id, subject, event, at, severity, home, place)
     LEFT JOIN unnest($12::bigint[], $13::text[], $14::text[], $15::text[]) w (place, record, version_at, content) USING (place)
     ORDER BY place ON CONFLICT (entry, event_source, event_id) DO NOTHING RETURNING id, seq, flow, severity, created_at),
     found AS (
     INSERT INTO sought_runs (place, of_flow, of_severity, came_at, sought, persons)
     SELECT seq, flow, severity, created_at, sought, persons FROM accepted JOIN unnest($1::text[], $16::text[], $17::text[]) f (id, sought, persons) USING (id))
     SELECT id FROM accepted`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.input.entry),
      rows.map((row) => row.input.flow),
      rows.map((row) => databaseText(row.event.key)),
      rows.map((row) => databaseText(row.event.source)),
      rows.map((row) => databaseText(row.event.id)),
      rows.map((row) => databaseText(row.event.subject)),
      rows.map((row) => row.text),
      rows.map((row) => row.input.now),
      rows.map((row) => row.input.severity),
      rows.map((row) => (row.input.here ? transaction.instance : null)),
      versions.map(({ place }) => place),
      ...(['record', 'at', 'content'] as const).map((part) =>
        versions.map(({ version }) => (version[part] === undefined ? null : databaseText(version[part]))),
      ),
      sought.map((one) => databaseText(one.sought)),
      sought.map((one) => databaseText(one.persons)),
    ],
  );
}

async function moveCursors(transaction: Transaction, inputs: AcceptInput[]): Promise<void> {
  const cursors = inputs.flatMap(({ cursor, now }) => (cursor ? [{ ...cursor, now }] : []));
  if (cursors.length === 0) return;
  await transaction.query(
    `INSERT INTO cursors (source, value, updated_at) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
     ON CONFLICT (source) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    [cursors.map((cursor) => cursor.source), cursors.map((cursor) => JSON.stringify(cursor.value)), cursors.map((cursor) => cursor.now)],
  );
}

function sourceTakenOver(): Failure {
  return new Failure({ class: 'transient.locked', ...inWords('SOURCE_TAKEN_OVER') });
}
