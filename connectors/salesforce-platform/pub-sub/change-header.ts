import { outsideInstant } from '../../../model/outside-number.ts';
import type { Decoded, EventDecoder } from './event-decoder.ts';

/** What a change event says of the change: https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/cdc_event_fields_header.htm */
export interface ChangeHeader {
  entityName: string;
  recordIds: readonly string[];
  /** `CREATE`, `UPDATE`, `DELETE`, `UNDELETE`, each also with `GAP_` before it, `GAP_OVERFLOW` */
  changeType: string;
  changeOrigin: string;
  commitUser: string;
  /** epoch ms */
  commitTimestamp: number | undefined;
  /** names of those that have another value, or none, now; undefined = it is not known */
  changed: ReadonlySet<string> | undefined;
}

/** undefined: it is no change event. */
export function changeHeader(event: Decoded, { fields }: Pick<EventDecoder, 'fields'>): ChangeHeader | undefined {
  const header = own(event, 'ChangeEventHeader');
  if (typeof header !== 'object' || header === null) return undefined;
  const [entityName, changeType] = [own(header, 'entityName'), own(header, 'changeType')];
  const recordIds = textsIn(own(header, 'recordIds'));
  if (typeof entityName !== 'string' || typeof changeType !== 'string' || !recordIds) return undefined;
  return {
    entityName,
    changeType,
    recordIds,
    changeOrigin: textOr(own(header, 'changeOrigin')),
    commitUser: textOr(own(header, 'commitUser')),
    commitTimestamp: outsideMoment(own(header, 'commitTimestamp')),
    changed: together(['changedFields', 'nulledFields', 'diffFields'].map((name) => changedFields(own(header, name) ?? [], fields))),
  };
}

/** A schema may call a field what every object has by nature. */
export const own = (value: object, name: string): unknown => (Object.hasOwn(value, name) ? (value as Decoded)[name] : undefined);

const textOr = (value: unknown) => (typeof value === 'string' ? value : '');

function textsIn(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** Epoch ms between 1970 and 9999; anything else is no moment. */
function outsideMoment(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? outsideInstant(isoOf(value)) : undefined;
}

const isoOf = (ms: number) => (ms < 253_402_300_800_000 ? new Date(ms).toISOString() : '');

function together(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  return sets.some((set) => set === undefined) ? undefined : new Set(sets.flatMap((set) => [...set!]));
}

/**
 * The names that a list of bitmaps stands for: `0x0A` has bits 1 and 3, of the second and fourth field; `4-0x02` bit 1 of what is inside the fifth.
 * https://developer.salesforce.com/docs/platform/pub-sub-api/guide/event-deserialization-considerations.html. undefined: it cannot be read.
 */
export function changedFields(bitmaps: unknown, fields: EventDecoder['fields']): ReadonlySet<string> | undefined {
  const texts = textsIn(bitmaps);
  if (!texts) return undefined;
  const names = new Set<string>();
  for (const text of texts) {
    const match = /^(?:(\d{1,4})-)?0x([0-9A-F]{1,512})$/i.exec(text);
    if (!match) return undefined;
    const parent = match[1] === undefined ? undefined : fields[Number(match[1])];
    if (match[1] !== undefined && !parent) return undefined;
    const among = parent ? parent.inner : fields.map(({ name }) => name);
    const places = bitsOf(match[2]!);
    if (places.some((place) => among[place] === undefined)) return undefined;
    if (parent && places.length > 0) names.add(parent.name);
    for (const place of places) names.add(among[place]!);
  }
  return names;
}

function bitsOf(hex: string): number[] {
  const bits = BigInt(`0x${hex}`).toString(2);
  return [...bits].flatMap((bit, at) => (bit === '1' ? [bits.length - 1 - at] : []));
}
