import { randomUUID } from 'node:crypto';
import type { Failure } from '../model/failure.ts';
import { type Json, jsonCopy } from '../model/json.ts';
import { notStorable } from '../model/storable-event.ts';
import { lookedThrough, mostOfData, type Obstacle, obstacleIn, textObstacle } from '../model/storable.ts';
import type { Message } from './message.ts';

/** What a message is about: a run without it would be none. */
const business: ReadonlySet<string> = new Set(['payload', 'topic']);

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
    const is = 'cannot be written as JSON';
    return { field, is, whole: is, remedy: 'Give text, numbers, true or false, lists and objects.' };
  }
}

const isObstacle = (found: { json: Json } | Obstacle): found is Obstacle => 'is' in found;

/** The message has not become a run. */
function refused({ remedy, ...obstacle }: Obstacle): Failure {
  return notStorable({ ...obstacle, remedy: `${remedy} Nothing was stored or sent for this message, which goes to the Catch nodes.` });
}

/** A copy calls itself several times for each level, and is made where others have called already. */
const mostLevelsCopied = 500;

/** Names of a message's parts that Node-RED cannot copy: its code calls itself for each level, and looks at everything. */
export function uncopyable(message: Message, clone: (part: Message) => unknown): string[] {
  return Object.keys(message).filter((name) => {
    if (name === 'req' || name === 'res') return false; // these are handed on as they are
    try {
      const part = message[name];
      if (typeof part !== 'object' || lookedThrough(part, name) === 'json') return false;
      if (isTooMuch(part)) return true;
      clone({ [name]: part });
      return false;
    } catch {
      return true;
    }
  });
}

/** Whether a copy would take long, go too deep, or never end: a list says itself how long it is, also where nothing is in it. */
function isTooMuch(value: unknown): boolean {
  const seen = new Set<unknown>();
  const names = new Set<string>();
  let parts = 0;
  let level = [value];
  for (let levels = 0; level.length > 0; levels++) {
    const below: unknown[] = [];
    for (const part of level) {
      if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part) || seen.has(part)) continue;
      seen.add(part);
      parts += 1 + (Array.isArray(part) ? part.length : 0);
      if (levels > mostLevelsCopied || parts > mostOfData.values) return true;
      if (!Array.isArray(part)) for (const name of Object.keys(part)) if (names.add(name).size > mostOfData.names) return true;
      for (const inner of iterated(part)) below.push(inner);
    }
    level = below;
  }
  return false;
}

function iterated(part: object): unknown[] {
  if (part instanceof Map) return [...part.keys(), ...part.values()];
  return part instanceof Set ? [...part] : Object.values(part);
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
