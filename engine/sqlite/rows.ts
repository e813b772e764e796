import type { FailureDetails } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Settle, SourceEvent } from '../../model/operations.ts';
import type { JournalLine } from '../journal.ts';
import type { Severity } from '../retry-policy.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Approval, ApprovalStatus } from '../store/approvals.ts';
import type { Effect, EffectStatus } from '../store/effects.ts';
import type { SavedFilter } from '../store/saved-filters.ts';
import type { FailedAttempt, Run, RunStatus, Standing } from '../store/runs.ts';
import { withFirstBreaks } from '../kept-reconciliation.ts';
import type { ReconciliationRecord } from '../store/reconciliations.ts';
import type { Row } from './database.ts';

const text = (value: unknown) => String(value);
const optional = (row: Row, name: string, field: string) => (row[name] === null ? {} : { [field]: row[name] });
const optionalJson = (row: Row, name: string, field: string) => (row[name] === null ? {} : { [field]: JSON.parse(text(row[name])) });

/** What `runOf` reads. No more is asked for of a run that is claimed: each message comes through there. */
export const claimedColumns = [
  'id',
  'seq',
  'entry',
  'flow',
  'status',
  'attempts',
  'crashes',
  'token',
  'available_at',
  'revision',
  'severity',
  'failure',
  'failed_node',
  'waiting_for',
  'compensating',
  'renewed_at',
  'created_at',
  'updated_at',
  'event',
];
const withoutEvent = claimedColumns.slice(0, -1).join(', ');

/** Runs of a list: of a large event no more than its beginning is read. */
export function runsListed(dataUpTo: number | undefined): { columns: string; runOf: (row: Row) => Run } {
  if (dataUpTo === undefined) return { columns: '*', runOf };
  const columns = `${withoutEvent}, key, event_source, event_id, subject, substr(event, 1, ${Math.trunc(dataUpTo) + headUpTo}) AS event`;
  return { columns, runOf: (row) => (text(row['event']).length > dataUpTo ? withoutData(row) : runOf(row)) };
}

/** Of an event of which the data is left out so much is read: what says which it is comes first. */
const headUpTo = 10_000;

function withoutData(row: Row): Run {
  const { event } = row;
  const end = text(event).indexOf(',"data":'); // within a text there is a backslash before the quotation mark
  try {
    return { ...runOf({ ...row, event: `${text(event).slice(0, end)},"data":null}` }), dataLeftOut: true };
  } catch {
    const [id, source, subject, key] = ['event_id', 'event_source', 'subject', 'key'].map((name) => text(row[name]));
    return { ...runOf({ ...row, event: JSON.stringify({ id, source, type: '', subject, time: '', key, data: null }) }), dataLeftOut: true };
  }
}

export function runOf(row: Row): Run {
  const run: Run = {
    id: text(row['id']),
    seq: Number(row['seq']),
    entry: text(row['entry']),
    flow: text(row['flow']),
    event: JSON.parse(text(row['event'])) as SourceEvent,
    status: row['status'] as RunStatus,
    attempts: Number(row['attempts']),
    crashes: Number(row['crashes']),
    token: Number(row['token']),
    availableAt: Number(row['available_at']),
    revision: text(row['revision']),
    severity: row['severity'] as Severity,
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
  };
  // one by one: each run that is delivered comes through here, and most have none of them
  if (row['failure'] !== null) run.failure = JSON.parse(text(row['failure'])) as FailureDetails;
  if (row['failed_node'] !== null) run.failedNode = text(row['failed_node']);
  if (row['waiting_for'] !== null) run.waitingFor = JSON.parse(text(row['waiting_for'])) as Run['waitingFor'] & object;
  if (row['compensating'] !== null) run.compensating = JSON.parse(text(row['compensating'])) as Run['compensating'] & object;
  if (row['renewed_at'] !== null) run.renewedAt = Number(row['renewed_at']);
  return run;
}

export function effectOf(row: Row): Effect {
  return {
    key: text(row['key']),
    run: text(row['run']),
    node: text(row['node']),
    business: text(row['business']),
    title: text(row['title']),
    ...optionalJson(row, 'title_words', 'titleWords'),
    system: text(row['system']),
    settle: row['settle'] as Settle,
    status: row['status'] as EffectStatus,
    request: JSON.parse(text(row['request'])) as Json,
    ...optionalJson(row, 'result', 'result'),
    ...optionalJson(row, 'failure', 'failure'),
    ...(row['found'] ? { found: true } : {}),
    ...optional(row, 'place', 'place'),
    ...optional(row, 'maker', 'maker'),
    ...optionalJson(row, 'undo', 'undo'),
    ...(row['of_undo'] ? { ofUndo: true } : {}),
    ...(row['absent_before'] ? { absentBefore: true } : {}),
    attempts: Number(row['attempts']),
    intendedAt: Number(row['intended_at']),
    ...optional(row, 'finished_at', 'finishedAt'),
  };
}

export function failedAttemptOf(row: Row): FailedAttempt {
  return {
    run: text(row['run']),
    attempt: Number(row['attempt']),
    ...optional(row, 'node', 'node'),
    failure: JSON.parse(text(row['failure'])) as FailureDetails,
    at: Number(row['at']),
  };
}

/** A detail that is no JSON any more was tampered with: told as it stands, it does not fit its hash. */
function detailIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

export function journalLineOf(row: Row): JournalLine {
  return {
    seq: Number(row['seq']),
    at: text(row['at']),
    actor: text(row['actor']),
    action: text(row['action']),
    subject: text(row['subject']),
    detail: detailIn(text(row['detail'])),
    previous: text(row['previous']),
    hash: text(row['hash']),
  };
}

export function reconciliationOf(row: Row, breaks = Infinity): ReconciliationRecord {
  return {
    id: text(row['id']),
    at: Number(row['at']),
    node: text(row['node']),
    subject: text(row['subject']),
    result: withFirstBreaks(JSON.parse(text(row['result'])) as Json, breaks),
  };
}

export function approvalOf(row: Row): Approval {
  const optional = (column: string, field: string) => (row[column] === null ? {} : { [field]: row[column] });
  return {
    id: String(row['id']),
    run: String(row['run']),
    node: String(row['node']),
    title: String(row['title']),
    details: JSON.parse(String(row['details'])) as Approval['details'],
    severity: row['severity'] as Severity,
    ...(row['requested_by'] === null ? {} : { requestedBy: JSON.parse(String(row['requested_by'])) as string[] }),
    status: row['status'] as ApprovalStatus,
    requestedAt: Number(row['requested_at']),
    ...optional('expires_at', 'expiresAt'),
    ...optional('escalate_at', 'escalateAt'),
    ...optional('escalated_at', 'escalatedAt'),
    ...optional('decided_by', 'decidedBy'),
    ...optional('reason', 'reason'),
    ...optional('decided_at', 'decidedAt'),
  };
}

export function standingOf(status: Standing['status'], row: Record<string, unknown>): Standing {
  const given = Object.fromEntries(
    (['node', 'class'] as const).flatMap((name) => (typeof row[name] === 'string' ? [[name, row[name]]] : [])),
  );
  const severity = row['severity'] as Standing['severity'];
  return { status, flow: String(row['flow']), ...given, severity, runs: Number(row['runs']), newestAt: Number(row['newest_at']) };
}

export function apiKeyOf(row: Record<string, unknown>): ApiKey {
  const moment = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  const [expiresAt, revokedAt] = [moment('expires_at'), moment('revoked_at')];
  return {
    id: text(row['id']),
    hash: text(row['hash']),
    consumer: text(row['consumer']),
    scopes: JSON.parse(text(row['scopes'])) as string[],
    createdAt: Number(row['created_at']),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
  };
}

export function savedFilterOf(row: Row): SavedFilter {
  return {
    ...{ id: text(row['id']), list: row['list'] as SavedFilter['list'], name: text(row['name']) },
    filter: JSON.parse(text(row['filter'])) as SavedFilter['filter'],
    namesPerson: Boolean(row['names_person']),
    by: text(row['saved_by']),
    savedAt: Number(row['saved_at']),
  };
}
