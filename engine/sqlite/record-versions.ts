import type { SourceEvent } from '../../model/operations.ts';
import type { Run } from '../store/runs.ts';
import type { Database } from './database.ts';

const newest = `SELECT version_at, version_content FROM runs INDEXED BY runs_version
  WHERE version_record = ? AND entry = ? AND event_source = ? ORDER BY version_at DESC, seq DESC LIMIT 1`;

/** Whether the newest version of the event's record that is known says the same already. Only inside a write. */
export function isNoNews(db: Database, entry: string, { source, version }: SourceEvent): boolean {
  if (version?.content === undefined) return false;
  const known = db.get(newest, version.record, entry, source);
  return known?.['version_content'] === version.content && String(known['version_at']) <= version.at;
}

const written = `SELECT id, version_at FROM runs n INDEXED BY runs_version
  WHERE n.version_record = ? AND n.entry = ? AND n.event_source = ? AND n.version_at >= ? AND (n.version_at > ? OR n.seq > ?)
    AND (n.status = 'done' OR EXISTS (SELECT 1 FROM effects e WHERE e.run = n.id AND e.of_undo = 0 AND e.status IN ('intended', 'in-doubt', 'done')))
  ORDER BY n.version_at DESC, n.seq DESC LIMIT 1`;

/**
 * The run with what is newer than it and was written, or may have been: of two versions of the same time the one that arrived later. Only inside a write.
 */
export function withOvertaker(db: Database, run: Run): Run {
  const { version, source } = run.event;
  const row = version && db.get(written, version.record, run.entry, source, version.at, version.at, run.seq);
  return row ? { ...run, overtakenBy: { run: String(row['id']), at: String(row['version_at']) } } : run;
}
