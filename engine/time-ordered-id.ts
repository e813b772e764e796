import { randomBytes, randomUUID } from 'node:crypto';

let last = 0;
let sequence = 0;

/**
 * UUID version 7 (RFC 9562 §5.7, §6.2 method 1): ids grow in the order in which a process makes them, so that new rows lie
 * together in a store's indexes however many there are, and what has the same time keeps its order.
 */
export function timeOrderedId(): string {
  const now = Math.max(Date.now(), last);
  sequence = now === last ? sequence + 1 : randomBytes(1)[0]!;
  last = sequence > 0xfff ? now + 1 : now;
  sequence &= 0xfff;
  const time = last.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}${randomUUID().slice(18)}`;
}

/** The part of an id that grows with time; nothing of an id of another version, which earlier releases gave. */
export function timeOfId(id: string): string {
  return id[14] === '7' && id.length === 36 ? id.slice(0, 8) + id.slice(9, 13) : '';
}
