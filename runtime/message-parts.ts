import { randomUUID } from 'node:crypto';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import { type Json, jsonCopy } from '../model/json.ts';
import { notStorable } from '../model/storable-event.ts';
import { lookedThrough, mostOfData, type Obstacle, obstacleIn, obstacleOf, textObstacle, wordsOfObstacle } from '../model/storable.ts';
import { NotPlain, plainResult } from './expressions/plain-result.ts';
import type { Message } from './message.ts';

/** What a message is about: a run without it would be none. */
export const business: ReadonlySet<string> = new Set(['payload', 'topic']);

/**
 * What can be stored of a message that becomes a run, and what only this process can keep (requests to be answered, functions, objects that hold themselves).
 * Throws where the message's business cannot be stored.
 */
export function separate(message: Message): { plain: Record<string, Json>; transient: Partial<Message> } {
  const plain: Record<string, Json> = {};
  const transient: Partial<Message> = {};
  for (const [name, value] of Object.entries(message)) {
    if (name === 'psConnect') continue;
    if (name === 'req' || name === 'res' || typeof value === 'function') {
      transient[name] = value;
      continue;
    }
    const stored = jsonOf(value, `msg.${name}`);
    if (!isObstacle(stored)) plain[name] = stored.json;
    else if (business.has(name)) throw refused(stored);
    else transient[name] = value;
  }
  // several that may be stored each can be too large together
  const obstacle = obstacleIn(plain, 'msg');
  if (obstacle) throw refused(obstacle);
  return { plain, transient };
}

/** As JSON has it; looked at before, so that nothing is written that has no end, and after, when dates and the like have said what they are. */
function jsonOf(value: unknown, field: string): { json: Json } | Obstacle {
  try {
    const looked = lookedThrough(value, field);
    if (looked === 'json') return { json: jsonCopy(value as Json) };
    if (looked !== 'message') return looked;
    const text = JSON.stringify(value ?? null);
    const large = Buffer.byteLength(text) > mostOfData.bytes;
    const json = JSON.parse(large ? 'null' : text) as Json;
    return (large ? obstacleIn(text, field) : obstacleIn(json, field)) ?? { json };
  } catch {
    return obstacleOf(field, inWords('OBSTACLE.not-written'));
  }
}

/** A part of a message that is kept beside its run, as JSON: it may hold itself, or be without end. Throws where it cannot be kept. */
export function keptValue(value: unknown, field: string): Json {
  try {
    return plainResult(value) ?? null;
  } catch (error) {
    const many = inWords('OBSTACLE.many', { values: { count: mostOfData.values } });
    const obstacle = error instanceof NotPlain ? obstacleIn(value, field, 'message') : obstacleOf(field, inWords('OBSTACLE.not-written'));
    throw notStorable(obstacle ?? obstacleOf(field, many));
  }
}

/** A part of a message that others are told, as JSON. Throws where nothing but another value could stand for it. */
export function toldValue(value: unknown, field: string): Json {
  const told = jsonOf(value, field);
  if (isObstacle(told)) throw notStorable(told);
  return told.json;
}

const isObstacle = (found: { json: Json } | Obstacle): found is Obstacle => 'is' in found;

/** The message has not become a run. */
function refused(obstacle: Obstacle): Failure {
  const { field } = obstacle;
  const words = inWords('DATA_NOT_STORABLE.of-message', { field, obstacle: wordsOfObstacle(obstacle) });
  return new Failure({ class: 'contract.invalid', ...words, field });
}

/** What a message says, without the connection that it came by: from there a server, and all that it holds, can be reached. */
export function saidIn({ req: _request, res: _response, ...said }: Message): Message {
  return said;
}

/** The business id of a message: what its run is ordered by, and found by. Throws where it cannot be one. */
export function subjectOf(message: Message): string {
  const { payload } = message;
  const fields = payload && typeof payload === 'object' ? (payload as Record<string, unknown>) : {};
  const name = ['code', 'id', 'Id'].find((candidate) => fields[candidate] !== undefined && fields[candidate] !== null);
  const id = name === undefined ? undefined : fields[name];
  if (typeof id !== 'string' && typeof id !== 'number') {
    const { _msgid } = message;
    return _msgid === undefined || textObstacle(_msgid, '_msgid') ? randomUUID() : _msgid;
  }
  const obstacle = textObstacle(String(id), `msg.payload.${name}`);
  if (obstacle) throw refused(obstacle);
  return String(id);
}
