import type { Json, JsonObject } from '../model/json.ts';
import { obstacleIn } from '../model/storable.ts';
import { saidIn } from './message-parts.ts';
import type { Message } from './message.ts';

/** A message as it was when it came: what a flow makes of it later is not seen. */
export interface LastMessage {
  /** absent = it is too large to be kept; a part of it would say what is not so */
  message?: JsonObject;
  /** epoch ms */
  at: number;
}

/** The last message that came to each node, and that left each output, for the previews of forms. In memory only. */
const kept = new Map<string, LastMessage & { size: number }>();
/** until when, by `performance.now`, no other is looked at for a place: a copy takes time that flows need, so one part of a thousand goes to it */
const resting = new Map<string, number>();
const most = 500;
/** characters of one message, and of all of them together */
const mostOfOne = 100_000;
const mostOfAll = 4_000_000;
let held = 0;

/** What left an output is known by node and place of the output. */
export const outputOf = (node: string, port: number): string => `${node}:${port}`;

export function rememberMessage(place: string, message: Message, now: number): void {
  const begun = performance.now();
  if ((resting.get(place) ?? 0) > begun) return;
  forget(place);
  const { parts, size } = plainParts(message);
  kept.set(place, { ...lastOf(parts, now), size });
  held += size;
  while (kept.size > most || held > mostOfAll) {
    const oldest = kept.keys().next().value as string;
    forget(oldest);
    resting.delete(oldest);
  }
  const end = performance.now();
  resting.set(place, end + 1_000 * (end - begun));
}

export function lastMessage(place: string): LastMessage | undefined {
  const found = kept.get(place);
  if (!found) return undefined;
  const { size: _, ...said } = found;
  return said;
}

/** A message that came at a moment as one of these, bounded as they are. */
export function asLastMessage(message: Message, at: number): LastMessage {
  return lastOf(plainParts(message).parts, at);
}

const lastOf = (parts: JsonObject | undefined, at: number): LastMessage => ({ ...(parts ? { message: parts } : {}), at });

function forget(place: string): void {
  held -= kept.get(place)?.size ?? 0;
  kept.delete(place);
}

/** Whatever of it can be written as JSON: a message may hold what has no end, or is no data. Of its run only what went wrong, which flows read. */
function plainParts(message: Message): { parts?: JsonObject; size: number } {
  const parts: JsonObject = {};
  let size = 0;
  try {
    const { psConnect, _msgid: _id, ...said } = saidIn(message);
    const failure: unknown = psConnect && 'failure' in psConnect ? psConnect.failure : undefined;
    const read = failure === undefined ? said : { ...said, psConnect: { failure } };
    for (const [name, value] of Object.entries(read)) {
      const text = jsonOf(value, mostOfOne - size);
      if (text === 'too large') return { size: 0 };
      if (text === undefined) continue;
      size += text.length;
      parts[name] = JSON.parse(text) as Json;
    }
  } catch {
    // a message that cannot be read is no sample; what becomes of it is not decided here
  }
  return { parts, size };
}

/** Undefined = it is nothing that is written as JSON. */
function jsonOf(value: unknown, most: number): string | 'too large' | undefined {
  try {
    if (value === undefined || obstacleIn(value, 'payload', 'message')) return undefined;
    if (isLonger(value, most)) return 'too large';
    const text = JSON.stringify(value) as string | undefined;
    return text !== undefined && text.length > most ? 'too large' : text;
  } catch {
    return undefined;
  }
}

/** Told by looking at no more than so much of it: what is large costs the flow no more than what is small. */
function isLonger(value: unknown, most: number): boolean {
  let room = most;
  const open = [value];
  while (open.length > 0 && room >= 0) {
    const part = open.pop();
    room--;
    if (typeof part === 'string') room -= part.length;
    else if (ArrayBuffer.isView(part)) room -= part.byteLength;
    else if (Array.isArray(part)) {
      if (part.length > room) return true;
      open.push(...(part as unknown[]));
    } else if (typeof part === 'object' && part !== null) {
      for (const [name, inner] of Object.entries(part)) {
        room -= name.length;
        open.push(inner);
      }
    }
  }
  return room < 0;
}
