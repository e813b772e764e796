import type { Json } from '../../model/json.ts';
import type { Limit } from './limit-failure.ts';
import { limits } from './limits.ts';

/** Why a value cannot be handed on. */
export class NotPlain extends Error {
  readonly limit: Limit;

  constructor(limit: Limit) {
    super(limit.kind);
    this.limit = limit;
  }
}

/**
 * What an expression gave as plain JSON, as if it had been written and read again; undefined where that leaves nothing.
 * A value that shares its parts can be without end when it is written out: parts, levels and letters are counted.
 */
export function plainResult(value: unknown): Json | undefined {
  return new Copy().of(value, 0);
}

class Copy {
  private parts = 0;
  private characters = 0;

  of(value: unknown, level: number): Json | undefined {
    if (++this.parts > limits.parts) throw new NotPlain({ kind: 'result-values' });
    if (level > limits.levels) throw new NotPlain({ kind: 'result-levels' });
    switch (typeof value) {
      case 'string':
        return this.counted(value);
      case 'number':
        return Number.isFinite(value) ? value + 0 : null;
      case 'boolean':
        return value;
      case 'object':
        return value === null ? null : this.ofObject(value, level);
      default:
        return undefined;
    }
  }

  private ofObject(value: object, level: number): Json | undefined {
    if (Array.isArray(value)) {
      const list: Json[] = [];
      for (const item of value as unknown[]) list.push(this.of(item, level + 1) ?? null);
      return list;
    }
    const marked = value as { toJSON?: unknown; _jsonata_lambda?: unknown; _jsonata_function?: unknown };
    if (marked._jsonata_lambda === true || marked._jsonata_function === true) return undefined;
    if (typeof marked.toJSON === 'function') {
      const written: unknown = ArrayBuffer.isView(value) && value.byteLength > limits.parts ? tooLarge() : marked.toJSON();
      return this.of(written, level + 1);
    }
    const object: { [name: string]: Json } = {};
    for (const name of Object.keys(value)) {
      if (name === '__proto__') throw new NotPlain({ kind: 'result-name' });
      const part = this.of((value as Record<string, unknown>)[name], level + 1);
      if (part !== undefined) object[this.counted(name)] = part;
    }
    return object;
  }

  private counted(text: string): string {
    this.characters += text.length;
    if (this.characters > limits.characters) throw new NotPlain({ kind: 'result-characters' });
    return text;
  }
}

function tooLarge(): never {
  throw new NotPlain({ kind: 'result-values' });
}
