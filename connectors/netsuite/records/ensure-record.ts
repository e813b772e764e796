import { Failure } from '../../../model/failure.ts';
import type { JsonObject } from '../../../model/json.ts';
import { type LeftOut, type OptionalFields, skippedFields } from '../../../model/left-out.ts';
import type { Effects } from '../../../model/operations.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';
import { ensureRecord as ensureOnce } from '../../kit/ensure-record.ts';
import { idTaken } from './id-taken.ts';
import type { NetSuiteApi, RecordType, UnknownFields } from '../wire.ts';
import { needsCause } from '../errors/refusal-cause.ts';
import type { MadeFor } from '../undo.ts';

export interface EnsuredRecord {
  type: RecordType;
  externalId: string;
  /** business key of the write; default: type and id */
  key?: string;
  /** what a person calls it: `project ENG-0001` */
  name: Words;
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
  const optional = record.optional ?? {};
  const { id } = await ensureOnce(effects, {
    key: record.key ?? `${type} ${externalId}`,
    title: phrase('WRITE.in', { record: name, systemName: 'NetSuite' }),
    body,
    undo: { type, externalId, ...(madeFor ? { madeFor } : {}) },
    optional,
    leftOut: record.leftOut,
    unnamed: (failure) => needsCause(failure) && !failure.field,
    find: async () => {
      const found = await record.find(externalId);
      return found === undefined ? undefined : { id: found };
    },
    make: async (given, again) => {
      let skipped = '';
      const made = { id: await send(given, again, (words) => (skipped = words)) };
      return skipped
        ? { made, skipped: skippedFields(body, optional, { code: 'FIELD_SKIPPED', message: `NetSuite: ${skipped}` }) }
        : { made };
    },
  });
  return id;

  async function send(given: JsonObject, again: boolean, skipped: (words: string) => void): Promise<string> {
    try {
      return await api.create(type, externalId, given, { signal, unknownFields: record.unknownFields, skipped });
    } catch (error) {
      if (!Failure.is(error)) throw error;
      const named = await idTaken(api, record, { failure: error.with({ record: name }), again }, signal);
      throw record.explain ? await record.explain(named) : named;
    }
  }
}
