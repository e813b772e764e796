import { Failure } from '../../model/failure.ts';
import type { Told } from '../../model/failure-sentence.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Effects } from '../../model/operations.ts';
import { afterwards } from './afterwards.ts';

/** A field as it was, and as it was set. */
export type FieldChange = { was: Json; set: Json };
/** What a write of changes keeps for its undoing: of each field both values. */
export type ChangedFields = { [field: string]: FieldChange };

/** How one record is looked at and written. */
export interface RecordAccess<Found> {
  system: string;
  systemName: string;
  /** what a person calls it */
  record: Told;
  read(): Promise<Found | undefined>;
  holds(found: Found, field: string, value: Json): boolean;
  write(values: JsonObject): Promise<void>;
  /** of a system that may skip what it was told to write: it is looked at before it counts */
  readsBack?: true;
  /** how long after an unanswered write a look-up that finds nothing proves nothing */
  settleAfterMs?: number;
}

/** Changes some fields of a record, as one effect. A field that holds neither what it was nor what it shall be was changed by somebody since. */
export async function changeRecord<Found>(
  effects: Effects,
  access: RecordAccess<Found>,
  { key, title, fields, undo }: { key: string; title: Told; fields: ChangedFields; undo: Json },
): Promise<void> {
  const { systemName, system, record, holds } = access;
  const names = Object.keys(fields);
  const there = async () => (await access.read()) ?? gone(access);
  await effects.write<{ changed: string[] }>({
    key,
    title,
    request: Object.fromEntries(names.map((name) => [name, fields[name]!.set])),
    undo,
    settle: 'probe',
    ...(access.settleAfterMs === undefined ? {} : { settleAfterMs: access.settleAfterMs }),
    lookFirst: true,
    probe: async () => {
      const found = await there();
      return names.every((name) => holds(found, name, fields[name]!.set)) ? { changed: names } : undefined;
    },
    send: async () => {
      const found = await there();
      const lacking = names.filter((name) => !holds(found, name, fields[name]!.set));
      const another = lacking.find((name) => !holds(found, name, fields[name]!.was));
      if (another !== undefined) {
        throw new Failure({
          class: 'conflict.stale',
          ...inWords('CHANGED_MEANWHILE', { field: another, record, systemName }),
          system,
          record,
          field: another,
          outcome: 'not-made',
        });
      }
      await writeAndSee(access, record, Object.fromEntries(lacking.map((name) => [name, fields[name]!.set])));
      return { changed: lacking };
    },
  });
}

/**
 * Gives the fields of a record back what they were, where they still hold what they were set to. `mayGoBack` throws for a record that must not be put
 * back as it stands now.
 */
export async function changeBack<Found>(
  effects: Effects,
  access: Omit<RecordAccess<Found>, 'record'>,
  { business, title, fields, result, mayGoBack }: PutBack<Found>,
): Promise<void> {
  const made = (result as { changed?: unknown } | null)?.changed;
  const names = Object.keys(fields).filter((name) => !Array.isArray(made) || made.includes(name));
  const still = (found: Found) =>
    names.filter((name) => access.holds(found, name, fields[name]!.set) && !access.holds(found, name, fields[name]!.was));
  await effects.write<{ how: 'changed back' }>({
    key: `undo ${business}`,
    title: phrase('WRITE.undo', { title }),
    request: Object.fromEntries(names.map((name) => [name, fields[name]!.was])),
    settle: 'probe',
    ...(access.settleAfterMs === undefined ? {} : { settleAfterMs: access.settleAfterMs }),
    lookFirst: true,
    probe: async () => {
      const found = await access.read();
      if (found !== undefined) await mayGoBack?.(found);
      return found === undefined || still(found).length === 0 ? { how: 'changed back' } : undefined;
    },
    send: async () => {
      const found = await access.read();
      const left = found === undefined ? [] : still(found);
      if (left.length > 0) await writeAndSee(access, business, Object.fromEntries(left.map((name) => [name, fields[name]!.was])));
      return { how: 'changed back' };
    },
  });
}

/** What a change keeps, and what it answered. */
export interface PutBack<Found> {
  business: string;
  title: Told;
  fields: ChangedFields;
  result: Json;
  mayGoBack?: (found: Found) => Promise<void>;
}

async function writeAndSee<Found>(
  { system, systemName, read, holds, write, readsBack }: Omit<RecordAccess<Found>, 'record'>,
  record: Told,
  values: JsonObject,
): Promise<void> {
  await write(values);
  if (!readsBack) return;
  const found = await afterwards(read);
  const lacking = Object.keys(values).filter((name) => found === undefined || !holds(found, name, values[name] ?? null));
  if (lacking.length === 0) return;
  throw new Failure({
    class: 'contract.drift',
    ...inWords('CHANGE_NOT_TAKEN', { record, systemName, fields: lacking.join(', ') }),
    system,
    record,
    field: lacking[0]!,
    outcome: 'unknown',
  });
}

function gone({ system, systemName, record }: Pick<RecordAccess<never>, 'system' | 'systemName' | 'record'>): never {
  throw new Failure({
    class: 'conflict.stale',
    ...inWords('CHANGED_MEANWHILE.gone', { record, systemName }),
    system,
    record,
    field: 'id',
    outcome: 'not-made',
  });
}
