import type { Type } from 'avsc';
import { isObject } from '../../../model/json.ts';

/** Longer ones are no description of an event. */
const longestSchema = 1_000_000;

/** What is decoded of an event: plain data; whole numbers too large to be exact are bigints. */
export type Decoded = Record<string, unknown>;

export interface EventDecoder {
  decode(payload: Buffer): Decoded;
  /** by their places, each with those inside it */
  fields: readonly SchemaField[];
}

export interface SchemaField {
  name: string;
  inner: readonly string[];
}

interface Tap {
  buf: Buffer;
  pos: number;
  readLong(): number;
  skipLong(): void;
}

/**
 * Reads events of one schema. What somebody else sends is taken within bounds: a list cannot have more items than the event has bytes, and one that
 * cannot be read is refused by an error, not by using up memory. https://avro.apache.org/docs/1.12.0/specification/#binary-encoding
 */
export async function eventDecoder(schemaJson: string): Promise<EventDecoder> {
  if (schemaJson.length > longestSchema) throw new RangeError('the schema is too long');
  const { avro } = await import('./event-libraries.ts');
  class BoundedArray extends avro.types.ArrayType {
    _read(tap: Tap): unknown[] {
      const items: unknown[] = [];
      const type = this.itemsType as unknown as { _read(tap: Tap): unknown };
      for (let count = tap.readLong(); count !== 0; count = tap.readLong()) {
        if (count < 0) {
          count = -count;
          tap.skipLong();
        }
        const from = tap.pos;
        if (!(count <= tap.buf.length - from)) throw new RangeError('a list is longer than the event');
        for (let at = 0; at < count; at++) items.push(type._read(tap));
        if (tap.pos - from < count) throw new RangeError('a list has items without a value');
      }
      return items;
    }
  }
  const long = avro.types.LongType.__with({
    fromBuffer: (bytes: Buffer) => {
      const whole = bytes.readBigInt64LE();
      return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
    },
    toBuffer: () => Buffer.alloc(8),
    fromJSON: Number,
    toJSON: Number,
    isValid: (value: unknown) => typeof value === 'number' || typeof value === 'bigint',
    compare: () => 0,
  });
  const type: Type = avro.Type.forSchema(JSON.parse(schemaJson) as never, {
    registry: { long },
    typeHook: (schema: unknown, options: unknown) => {
      const kind = isObject(schema) ? (schema as { type?: unknown }).type : undefined;
      if (kind === 'map') throw new TypeError('an event has no map');
      return kind === 'array' ? new BoundedArray(schema as never, options) : undefined;
    },
  });
  if (type.typeName !== 'record') throw new TypeError('an event is a record');
  return {
    decode: (payload) => type.fromBuffer(payload) as Decoded,
    fields: fieldsOf(type).map(({ name, type: of }) => ({ name, inner: fieldsOf(of).map((one) => one.name) })),
  };
}

interface AvroType {
  fields?: readonly { name: string; type: AvroType }[];
  types?: readonly AvroType[];
}

/** Of a record, also of one that may be null. */
function fieldsOf(type: unknown): readonly { name: string; type: AvroType }[] {
  const { fields, types } = type as AvroType;
  return fields ?? types?.find((one) => one.fields)?.fields ?? [];
}
