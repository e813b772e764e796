import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../model/json.ts';
import { redact } from '../model/redact.ts';
import { obstacleIn } from '../model/storable.ts';
import { notStorable } from '../model/storable-event.ts';

/** One line of the journal: what was done, to what, by whom and why. */
export interface JournalLine {
  seq: number;
  /** RFC 3339 UTC */
  at: string;
  /** `engine`, or the signed-in user */
  actor: string;
  /** `effect.done`, `run.dead`, `run.replayed` … */
  action: string;
  /** run id, or what else it is about */
  subject: string;
  detail: Json;
  /** hash of the line before */
  previous: string;
  hash: string;
}

/** Where the journal ends: kept beside it. */
export interface JournalHead {
  seq: number;
  hash: string;
}

export interface NewJournalLine {
  actor: string;
  action: string;
  subject: string;
  detail: Json;
}

export const journalStart = '0'.repeat(64);

/** Each line's hash covers the one before, so that no line can be altered, removed or put in between unnoticed. */
export function lineHash(line: Omit<JournalLine, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(line)).digest('hex');
}

/** The line after the head. No line is ever erased, so personal data is masked before it becomes part of one. */
export function nextLine(head: JournalHead, line: NewJournalLine, now: number): JournalLine {
  const { actor, action, subject } = line;
  const obstacle = obstacleIn(line.detail, 'detail');
  if (obstacle) throw notStorable(obstacle);
  const detail = redact(line.detail) as Json;
  const unhashed = { seq: head.seq + 1, at: new Date(now).toISOString(), actor, action, subject, detail, previous: head.hash };
  return { ...unhashed, hash: lineHash(unhashed) };
}
