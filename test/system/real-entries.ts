import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** One real time entry of a consulting agency, ids replaced by running numbers. */
export interface RealEntry {
  id: string;
  user: string;
  workspace: string;
  story: string;
  day: string;
  minutes: number;
  billable: boolean;
  rateInCents: number;
  approved: boolean;
  createdAt: string;
  updatedAt: string;
}

const file = new URL('../../../shared/vendor/timedata/mavenlink-time-entries-2016.csv', import.meta.url);

/** The real entries, or undefined (said aloud) where they are not at hand: they are not ours to publish. */
export function readRealEntries(): RealEntry[] | undefined {
  if (!existsSync(file)) {
    console.warn(`\n  *** SKIPPED: ${file.pathname} is absent, so 2,000 real time entries were NOT posted. ***\n`);
    return undefined;
  }
  const rows = parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true });
  return rows.map((row) => ({
    id: text(row, 'id'),
    user: text(row, 'user_id'),
    workspace: text(row, 'workspace_id'),
    story: text(row, 'story_id'),
    day: text(row, 'date_performed'),
    minutes: Number(text(row, 'time_in_minutes')),
    billable: text(row, 'billable') === 'True',
    rateInCents: Number(text(row, 'rate_in_cents')),
    approved: text(row, 'approved') === 'True',
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  }));
}

function text(row: Record<string, string>, name: string): string {
  const value = row[name];
  if (!value) throw new Error(`a row without ${name}`);
  return value;
}

/** minutes × rate / 60, rounded half-up once, in whole cents; integers only. */
export function centsOf({ minutes, rateInCents }: Pick<RealEntry, 'minutes' | 'rateInCents'>): bigint {
  return (BigInt(minutes) * BigInt(rateInCents) * 2n + 60n) / 120n;
}
