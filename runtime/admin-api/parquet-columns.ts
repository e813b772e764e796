import type { SchemaElement } from 'hyparquet';
import { ExactDecimal } from '../../model/exact-decimal.ts';
import { inWords } from '../../model/failure-words.ts';
import { ApiProblem } from './route.ts';
import type { ColumnType } from './table.ts';

/** What data warehouses have as their decimal (38 digits is the most that any of them reads), and room for every amount and figure that we keep. */
const digits = 38;
const scale = 9;
const bytesOfDecimal = 16;
const dayMs = 86_400_000;

interface Form {
  element: Omit<SchemaElement, 'name'>;
  /** as it is written; what cannot be written exactly is refused */
  written(value: string | number, column: string): unknown;
}

/** How each kind of column stands in a Parquet file. Newer readers look at the logical type, older ones at the converted one. */
export const forms: Readonly<Record<ColumnType, Form>> = {
  text: { element: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }, written: String },
  whole: { element: { type: 'INT64' }, written: BigInt },
  decimal: {
    element: {
      ...{ type: 'FIXED_LEN_BYTE_ARRAY', type_length: bytesOfDecimal, converted_type: 'DECIMAL', precision: digits, scale },
      logical_type: { type: 'DECIMAL', precision: digits, scale },
    },
    written: unscaled,
  },
  moment: {
    element: {
      ...{ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    },
    written: (at) => BigInt(Math.trunc(Number(at))),
  },
  day: {
    element: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
    written: (day) => Date.parse(`${day}T00:00:00Z`) / dayMs,
  },
};

/** A decimal as a whole number of its last place, in two's complement, the highest byte first. Never rounded. */
function unscaled(value: string | number, column: string): Uint8Array {
  const decimal = new ExactDecimal(value);
  if (!(decimal.decimalPlaces() <= scale && decimal.abs().lessThan(`1e${digits - scale}`)))
    throw new ApiProblem(409, inWords('API.parquet-decimal', { column, value: String(value).slice(0, 100) }));
  const whole = BigInt(decimal.times(`1e${scale}`).toFixed());
  const bytes = new DataView(new ArrayBuffer(bytesOfDecimal));
  bytes.setBigInt64(0, whole >> 64n);
  bytes.setBigUint64(8, BigInt.asUintN(64, whole));
  return new Uint8Array(bytes.buffer);
}
