import type { Failure } from '../../model/failure.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { leavingOut, type LeftOut, type OptionalFields } from '../../model/left-out.ts';
import { neededId } from '../../model/needed-result.ts';
import type { Effects } from '../../model/operations.ts';
import type { Told } from '../../model/failure-sentence.ts';

/** A record as the look-up finds it, or as it was made. */
export type Ensured = JsonObject & { id: string };

export interface RecordToEnsure<Found extends Ensured> {
  /** business key of the write: `job ENG-0001` */
  key: string;
  /** what a person calls the write */
  title: Told;
  body: JsonObject;
  /** as it is stored with the write; default: the body */
  request?: Json;
  /** how it is undone */
  undo: Json;
  /** how long after an unanswered write a look-up that finds nothing proves nothing */
  settleAfterMs?: number;
  /** what the record can do without, should the system refuse it, and who is told of what was left out */
  optional?: OptionalFields;
  leftOut?: (fields: LeftOut[]) => void;
  /** whether a refusal that names no field may be about one that it can do without */
  unnamed: (failure: Failure) => boolean;
  find(): Promise<Found | undefined>;
  /** `again`: it was sent before, and what became of it was not seen; `skipped`: what the system itself left out */
  make(body: JsonObject, again: boolean): Promise<{ made: Found; skipped?: LeftOut[] }>;
}

/** Makes a record when it is not there, as one effect; one that is there is left as it is. A doubt is settled by looking. */
export async function ensureRecord<Found extends Ensured>(effects: Effects, record: RecordToEnsure<Found>): Promise<Found> {
  const { key, title, body, undo, settleAfterMs, optional = {} } = record;
  const ensured = await effects.write<Found & { leftOut?: LeftOut[] }>({
    needs: neededId,
    key,
    title,
    request: record.request ?? body,
    undo,
    settle: 'probe',
    ...(settleAfterMs === undefined ? {} : { settleAfterMs }),
    lookFirst: true,
    probe: () => record.find(),
    send: async (attempt) => {
      const { made, leftOut } = await leavingOut(body, optional, (given) => record.make(given, attempt?.again ?? false), record.unnamed);
      const without = [...leftOut, ...(made.skipped ?? [])];
      return { ...made.made, ...(without.length > 0 ? { leftOut: without } : {}) };
    },
  });
  if (ensured.leftOut) record.leftOut?.(ensured.leftOut);
  return ensured;
}
