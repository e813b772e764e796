import { lookedThrough, mostOfData } from '../model/storable.ts';
import type { Message } from './message.ts';
import { business } from './message-parts.ts';

/** A copy calls itself several times for each level, and is made where others have called already. */
const mostLevelsCopied = 500;

/**
 * Names of a message's parts that Node-RED cannot copy: its code calls itself for each level, and looks at everything. That they can be copied one by one
 * is not enough: of the message as a whole no more is copied than of one event, what it is about first.
 */
export function uncopyable(message: Message, clone: (part: Message) => unknown): string[] {
  const names = Object.keys(message).filter((name) => name !== 'req' && name !== 'res'); // these are handed on as they are
  const ordered = [...names.filter((name) => business.has(name)), ...names.filter((name) => !business.has(name))];
  const room = new Room();
  const fit = ordered.filter((name) => room.takes(name, message[name]));
  const odd = fit.filter((name) => !isJson(message[name]));
  const dropped = new Set(failing(odd, (some) => clone(Object.fromEntries(some.map((name) => [name, message[name]])))));
  if (fit.length === ordered.length && dropped.size === 0) return [];
  const kept = new Set(fit.filter((name) => !dropped.has(name)));
  return names.filter((name) => !kept.has(name));
}

function isJson(value: unknown): boolean {
  try {
    return lookedThrough(value, '') === 'json';
  } catch {
    return false; // it does not let itself be looked at
  }
}

/** Of which names the attempt fails: tried with all of them, and with ever fewer where it does. */
function failing(names: readonly string[], attempt: (some: readonly string[]) => void): string[] {
  if (names.length === 0) return [];
  try {
    attempt(names);
    return [];
  } catch {
    if (names.length === 1) return [...names];
    const half = names.length >> 1;
    return [...failing(names.slice(0, half), attempt), ...failing(names.slice(half), attempt)];
  }
}

/** How much of a message is copied: more would take long, go too deep, or never end. */
class Room {
  private readonly seen = new Set<unknown>();
  private readonly names = new Set<string>();
  private values = 0;

  /** Whether there is room for this part too; what there is none for takes none. */
  takes(name: string, value: unknown): boolean {
    if (this.names.size >= mostOfData.names && !this.names.has(name)) return false;
    const part = new Part(this.seen, this.names, this.values);
    try {
      if (!part.mayHave(name) || !part.holds(value)) return false;
    } catch {
      return false; // it does not let itself be looked at
    }
    for (const one of part.seen) this.seen.add(one);
    for (const one of part.names) this.names.add(one);
    this.values = part.values;
    return true;
  }
}

/** What a part would add to what others have taken. */
class Part {
  readonly seen = new Set<unknown>();
  readonly names = new Set<string>();
  values: number;
  private readonly seenBefore: ReadonlySet<unknown>;
  private readonly namesBefore: ReadonlySet<string>;

  constructor(seenBefore: ReadonlySet<unknown>, namesBefore: ReadonlySet<string>, valuesBefore: number) {
    this.seenBefore = seenBefore;
    this.namesBefore = namesBefore;
    this.values = valuesBefore + 1;
  }

  mayHave(name: string): boolean {
    if (!this.namesBefore.has(name)) this.names.add(name);
    return this.namesBefore.size + this.names.size <= mostOfData.names;
  }

  /** A list says itself how long it is, also where nothing is in it. */
  holds(value: unknown): boolean {
    let level = [value];
    for (let levels = 0; level.length > 0; levels++) {
      const below: unknown[] = [];
      for (const part of level) {
        if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) continue;
        if (this.seen.has(part) || this.seenBefore.has(part)) continue;
        this.seen.add(part);
        this.values += 1 + (Array.isArray(part) ? part.length : 0);
        if (levels > mostLevelsCopied || this.values > mostOfData.values) return false;
        if (!Array.isArray(part)) for (const name of Object.keys(part)) if (!this.mayHave(name)) return false;
        for (const inner of iterated(part)) below.push(inner);
      }
      level = below;
    }
    return true;
  }
}

function iterated(part: object): unknown[] {
  if (part instanceof Map) return [...part.keys(), ...part.values()];
  return part instanceof Set ? [...part] : Object.values(part);
}
