import { createHash } from 'node:crypto';
import { canonicalJson, type Json, type JsonObject } from '../../../model/json.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import { utc } from '../records/time-entry.ts';
import { type Row, text } from '../wire/envelope.ts';

/** The states of a task before it is done: https://developer.kantata.com/ "Stories". */
const open = new Set(['not started', 'started', 'needs info']);

/**
 * A milestone as canonical `milestone`, version 1; `undefined` = none of the firm's. One that was reached and has no code is passed on without it, so
 * that the contract check names it: unbilled, it would be missed by nobody. A state that is neither done nor one before is passed on as it is. The day on
 * which it was reached is in no attribute: `updated_at` is that of the last change of anything.
 */
export function milestoneOf(
  row: Row,
  { project, code }: { project: string | undefined; code: string | undefined },
): JsonObject | undefined {
  const id = text(row, 'id') ?? '';
  const state = stateOf(row['state']);
  if (project === undefined || (code === undefined && state === 'open')) return undefined;
  const updatedAt = utc(text(row, 'updated_at'));
  return {
    id: `kantata:${id}`,
    source: { system: 'kantata', id },
    project: { id: text(row, 'workspace_id') ?? '', code: project },
    ...(code === undefined ? {} : { code }),
    state,
    version: versionOf([project, code ?? null, state]),
    ...(updatedAt ? { sourceUpdatedAt: updatedAt } : {}),
  };
}

/**
 * A milestone as it stands. `updated_at` also moves for what changes nothing of it, which is no news; one that is taken back and reached again is. All of
 * one project run one after the other, since they are lines of one schedule.
 */
export function milestoneEvent(milestone: JsonObject, readAt: Date): SourceEvent {
  const record = String(milestone['id']);
  const content = String(milestone['version']);
  const at = typeof milestone['sourceUpdatedAt'] === 'string' ? milestone['sourceUpdatedAt'] : undefined;
  return {
    id: [record, ...(at ? [at] : []), content].join(':'),
    source: '/kantata/stories',
    type: milestone['state'] === 'reached' ? 'com.psconnect.milestone.reached' : 'com.psconnect.milestone.open',
    subject: String(milestone['code'] ?? record),
    time: at ?? readAt.toISOString(),
    key: (milestone['project'] as { code: string }).code,
    ...(at ? { version: { record, at, content } } : {}),
    data: milestone,
  };
}

function stateOf(state: unknown): Json {
  if (state === 'completed') return 'reached';
  return open.has(String(state)) ? 'open' : ((state ?? null) as Json);
}

const versionOf = (content: Json) => createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
