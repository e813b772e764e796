import { soughtOf } from '../../engine/sought.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Run } from '../../engine/store/runs.ts';

export type Value = string | number | null;

/** Rows of one table, all with these columns. */
export interface Rows {
  table: string;
  columns: readonly string[];
  values: Value[][];
}

const columns = {
  runs: [
    ...[
      'id',
      'entry',
      'flow',
      'key',
      'event_source',
      'event_id',
      'subject',
      'event',
      'status',
      'attempts',
      'token',
      'available_at',
      'revision',
      'severity',
    ],
    ...[
      'failure',
      'failed_node',
      'created_at',
      'updated_at',
      'waiting_for',
      'renewed_at',
      'version_record',
      'version_at',
      'version_content',
      'forgotten',
    ],
  ],
  sought_runs: ['place', 'of_flow', 'of_severity', 'came_at', 'sought', 'persons'],
  effects: [
    ...['key', 'run', 'node', 'business', 'title', 'title_words', 'system', 'settle', 'status', 'request', 'result', 'failure', 'attempts'],
    ...['intended_at', 'finished_at', 'place'],
  ],
  failed_attempts: ['run', 'attempt', 'node', 'failure', 'at'],
  journal: ['seq', 'at', 'actor', 'action', 'subject', 'detail', 'previous', 'hash'],
  approvals: [
    'id',
    'run',
    'node',
    'title',
    'details',
    'severity',
    'status',
    'requested_at',
    'decided_by',
    'reason',
    'decided_at',
    'requested_by',
  ],
  reconciliations: ['id', 'at', 'node', 'subject', 'result'],
  crosswalk_missing: ['run', 'token', 'table_name', 'from_system', 'value', 'to_system', 'day', 'at'],
  engagements: ['code', 'stage', 'sought', 'state', 'updated_at'],
  figures: ['day', 'figure', 'flow', 'entity', 'region', 'practice', 'count', 'sum', 'least', 'most', 'spread'],
  measured_to: ['alone', 'place'],
  journal_head: ['seq', 'hash'],
} as const;
export type Table = keyof typeof columns;

/** Rows that wait to be written together. */
export class PendingRows {
  /** of all tables */
  size = 0;
  private tables = new Map<Table, Value[][]>();

  add(table: Table, values: Value[]): void {
    const rows = this.tables.get(table);
    if (rows) rows.push(values);
    else this.tables.set(table, [values]);
    this.size++;
  }

  *taken(): Generator<Rows> {
    const { tables } = this;
    this.tables = new Map();
    this.size = 0;
    for (const [table, values] of tables) yield { table, columns: columns[table], values };
  }
}

const json = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));

/** @param forgotten retention has taken what it was about */
export function rowOfRun(run: Run, forgotten: boolean): Value[] {
  const { event } = run;
  const { record = null, at = null, content = null } = event.version ?? {};
  return [
    ...[run.id, run.entry, run.flow, event.key, event.source, event.id, event.subject],
    ...[JSON.stringify(forgotten ? { ...event, data: null } : event)],
    ...[run.status, run.attempts, run.token, run.availableAt, run.revision, run.severity],
    ...[forgotten ? null : json(run.failure), run.failedNode ?? null],
    ...[run.createdAt, run.updatedAt, json(run.waitingFor), run.renewedAt ?? null],
    ...[record, at, content, forgotten ? 1 : 0],
  ];
}

/** @param place of a run among all that were written: it is its number */
export function rowOfSought({ event, flow, severity, createdAt }: Run, place: number, forgotten: boolean): Value[] {
  const { sought, persons } = soughtOf(forgotten ? { ...event, data: null } : event);
  return [place, flow, severity, createdAt, sought, persons];
}

export function rowOfEffect(effect: Effect, forgotten: boolean): Value[] {
  const { key, run, node, business, title, titleWords, system, settle, status, request, result, failure, attempts } = effect;
  return [
    ...[key, run, node, business, title, JSON.stringify(titleWords), system, settle, status],
    ...[forgotten ? 'null' : JSON.stringify(request), forgotten || result === undefined ? null : JSON.stringify(result)],
    ...[forgotten ? null : json(failure), attempts, effect.intendedAt, effect.finishedAt ?? null, effect.place ?? null],
  ];
}
