import { Failure } from '../../../model/failure.ts';
import type { JsonObject } from '../../../model/json.ts';
import { leavingOut, type LeftOut, type OptionalFields, skippedFields } from '../../../model/left-out.ts';
import { neededId } from '../../../model/needed-result.ts';
import type { Effects } from '../../../model/operations.ts';
import { idTaken } from './id-taken.ts';
import type { NetSuiteApi, RecordType, UnknownFields } from '../wire.ts';
import { needsCause } from '../errors/refusal-cause.ts';
import type { MadeFor } from '../undo.ts';

export interface EnsuredRecord {
  type: RecordType;
  externalId: string;
  /** what a person calls it: `project ENG-0001` */
  name: string;
  body: JsonObject;
  /** internal id when the record is there */
  find: (externalId: string) => Promise<string | undefined>;
  /** whose it is: should it be another's one day, it is not this run's to delete */
  madeFor?: MadeFor;
  unknownFields?: UnknownFields;
  /** what the record can do without, should NetSuite refuse it, and who is told of what was left out */
  optional?: OptionalFields;
  leftOut?: (fields: LeftOut[]) => void;
  /** what a refusal may really mean: NetSuite has one code for most business refusals */
  explain?: (failure: Failure) => Promise<Failure>;
}

/** Makes the record when it is not there, as one effect; one that is there is left as it is. Answers its internal id. */
export async function ensureRecord(api: NetSuiteApi, effects: Effects, record: EnsuredRecord, signal: AbortSignal): Promise<string> {
  const { type, externalId, name, body, madeFor } = record;
  const made = await effects.write<{ id: string; leftOut?: LeftOut[] }>({
    key: `${type} ${externalId}`,
    title: `${name[0]?.toUpperCase()}${name.slice(1)} in NetSuite`,
    request: body,
    undo: { type, externalId, ...(madeFor ? { madeFor } : {}) },
    needs: neededId,
    settle: 'probe',
    lookFirst: true,
    probe: async () => {
      const id = await record.find(externalId);
      return id === undefined ? undefined : { id };
    },
    send: async () => {
      let skipped = '';
      const optional = record.optional ?? {};
      const take = (given: JsonObject) => send(given, (words) => (skipped = words));
      const { made: id, leftOut } = await leavingOut(body, optional, take, (failure) => needsCause(failure) && !failure.field);
      if (skipped) leftOut.push(...skippedFields(body, optional, { code: 'FIELD_SKIPPED', message: `NetSuite: ${skipped}` }));
      return { id, ...(leftOut.length > 0 ? { leftOut } : {}) };
    },
  });
  if (made.leftOut) record.leftOut?.(made.leftOut);
  return made.id;

  async function send(given: JsonObject, skipped: (words: string) => void): Promise<string> {
    try {
      return await api.create(type, externalId, given, { signal, unknownFields: record.unknownFields, skipped });
    } catch (error) {
      if (!Failure.is(error)) throw error;
      const named = await idTaken(api, record, error.with({ record: name }), signal);
      throw record.explain ? await record.explain(named) : named;
    }
  }
}
