import type { Run, RunStore } from '../store/runs.ts';
import { databaseText } from './database-text.ts';
import type { Transaction } from './write-kind.ts';

type AcceptInput = Parameters<RunStore['accept']>[0];
type AcceptedEvent = { event: AcceptInput['events'][number]; input: AcceptInput };

/** The events without those that say what the newest version of their record says already, also one further up in the same page. */
export async function withoutNoNews<Given extends AcceptedEvent>(transaction: Transaction, given: Given[]): Promise<Given[]> {
  const asked = given.filter(({ event }) => event.version?.content !== undefined);
  if (asked.length === 0) return given;
  const rows = await transaction.query(
    `SELECT v.place, n.version_at, n.version_content FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY v (record, entry, source, place)
     CROSS JOIN LATERAL (SELECT r.version_at, r.version_content FROM runs r
       WHERE r.version_record = v.record AND r.entry = v.entry AND r.event_source = v.source ORDER BY r.version_at DESC, r.seq DESC LIMIT 1) n`,
    [
      asked.map(({ event }) => databaseText(event.version?.record ?? '')),
      asked.map(({ input }) => input.entry),
      asked.map(({ event }) => databaseText(event.source)),
    ],
  );
  const newest = new Map<string, { at: string; content: string | undefined }>();
  for (const { place, version_at, version_content } of rows) {
    const content = version_content === null ? undefined : String(version_content);
    newest.set(recordOf(asked[Number(place) - 1] as Given), { at: String(version_at), content });
  }
  return given.filter((one) => {
    const { version } = one.event;
    if (version?.content === undefined) return true;
    const record = recordOf(one);
    const known = newest.get(record);
    if (known && known.content === version.content && known.at <= version.at) return false;
    if (!known || known.at <= version.at) newest.set(record, { at: version.at, content: version.content });
    return true;
  });
}

const recordOf = ({ event, input }: AcceptedEvent) => JSON.stringify([input.entry, event.source, event.version?.record]);

/** The runs, each with what is newer than it and was written, or may have been: of two versions of the same time the one that arrived later. */
export async function withOvertakers(transaction: Transaction, runs: Run[]): Promise<Run[]> {
  const asked = runs.filter(({ event }) => event.version);
  if (asked.length === 0) return runs;
  const rows = await transaction.query(
    `SELECT v.run, n.id, n.version_at FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) v (run, record, entry, source, at, seq)
     CROSS JOIN LATERAL (SELECT r.id, r.version_at FROM runs r
       WHERE r.version_record = v.record AND r.entry = v.entry AND r.event_source = v.source AND r.version_at >= v.at COLLATE "C"
         AND (r.version_at > v.at COLLATE "C" OR r.seq > v.seq)
         AND (r.status = 'done' OR EXISTS (SELECT 1 FROM effects e WHERE e.run = r.id AND NOT e.of_undo AND e.status IN ('intended', 'in-doubt', 'done')))
       ORDER BY r.version_at DESC, r.seq DESC LIMIT 1) n`,
    [
      asked.map(({ id }) => id),
      asked.map(({ event }) => databaseText(event.version?.record ?? '')),
      asked.map(({ entry }) => entry),
      asked.map(({ event }) => databaseText(event.source)),
      asked.map(({ event }) => databaseText(event.version?.at ?? '')),
      asked.map(({ seq }) => seq),
    ],
  );
  const overtakers = new Map(rows.map((row) => [String(row['run']), { run: String(row['id']), at: String(row['version_at']) }]));
  return runs.map((run) => {
    const overtakenBy = overtakers.get(run.id);
    return overtakenBy ? { ...run, overtakenBy } : run;
  });
}
