import { Failure } from '../../../model/failure.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { LeftOut, OptionalFields } from '../../../model/left-out.ts';
import type { OperationContext } from '../../../model/operations.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';
import { ensureRecord as ensureOnce } from '../../kit/ensure-record.ts';
import type { KantataApi } from '../wire.ts';
import { idOf, type Row } from '../wire/envelope.ts';
import { type Reference, referenceAttribute, referenceOf } from './external-reference.ts';
import type { Lookup } from './lookup.ts';
import { undoOf } from '../undo.ts';

/** A record that exists in Kantata; `referenced` = it carries this connector's external reference. */
export interface Known {
  id: string;
  referenced: boolean;
  /** as the look-up has read it; of a mark or request, the record that it hangs on */
  row: Row;
}

export interface Wanted {
  /** business key of the write: `story ENG-0001/P1/T1` */
  key: string;
  title: Words;
  collection: string;
  singular: string;
  /** subject type of its external reference */
  subjectType?: string;
  attributes: JsonObject;
  reference?: Reference;
  /** what the record can do without, should Kantata refuse it, and who is told of what was left out */
  optional?: OptionalFields;
  leftOut?: (fields: LeftOut[]) => void;
  /** code under which the look-up knows the record */
  code: string;
  lookup: Lookup<Known>;
}

export interface Writer {
  api: KantataApi;
  context: OperationContext;
}

/**
 * Makes sure that a record exists once, and answers its id. The create carries the external reference, so that both are
 * made at one stroke; a record that was found without it (made by hand, or by a Kantata that ignored it) gets it by a
 * second write. Settled by probe: the reference, else the exact marker that the look-up knows.
 */
export async function ensureRecord(wanted: Wanted, { api, context }: Writer): Promise<string> {
  const { reference } = wanted;
  const attributes: JsonObject = {
    ...wanted.attributes,
    ...(reference ? { external_reference: referenceAttribute(api, reference) } : {}),
  };
  const known = await ensureOnce<{ id: string; referenced: boolean }>(context.effects, {
    key: wanted.key,
    title: wanted.title,
    body: attributes,
    request: { [wanted.singular]: attributes },
    undo: undoOf(wanted.collection, reference),
    settleAfterMs: api.settings.settleAfterMs,
    optional: wanted.optional,
    leftOut: wanted.leftOut,
    unnamed: ({ code, field }) => code === 'REFUSED' && !field,
    find: async () => {
      const found = await naming(wanted, () => wanted.lookup.find(wanted.code));
      return found && { id: found.id, referenced: found.referenced };
    },
    make: async (given) => ({ made: await create(given) }),
  });
  if (reference && !known.referenced) await ensureReference(wanted, reference, known.id, { api, context });
  return known.id;

  async function create(given: JsonObject): Promise<{ id: string; referenced: boolean }> {
    wanted.lookup.trying(wanted.code);
    const params = reference ? { include: 'external_references' } : {};
    const envelope = await naming(wanted, () => api.create(wanted.collection, wanted.singular, given, params, context.signal));
    const row = envelope.results[0] ?? {};
    return { id: idOf(row, wanted.title), referenced: !reference || referenceOf(api, envelope, row) !== undefined };
  }
}

/** `create_or_update` is the only way to give a reference to a record that exists; there is one per service and record. */
async function ensureReference(wanted: Wanted, reference: Reference, id: string, { api, context }: Writer): Promise<void> {
  const key = `reference of ${wanted.key}`;
  const attributes: JsonObject = { subject_type: wanted.subjectType ?? '', subject_id: id, ...referenceAttribute(api, reference) };
  await context.effects.write<{ id: string }>({
    key,
    title: phrase('WRITE.kantata-reference', { title: wanted.title }),
    request: { external_reference: attributes },
    undo: null, // a mark on a record that had been there
    settle: 'probe',
    settleAfterMs: api.settings.settleAfterMs,
    probe: async () => {
      wanted.lookup.trying(wanted.code);
      const found = await naming(wanted, () => wanted.lookup.find(wanted.code));
      return found?.referenced ? { id: found.id } : undefined;
    },
    send: async () => {
      await naming(wanted, () => api.create('external_references/create_or_update', 'external_reference', attributes, {}, context.signal));
      return { id };
    },
  });
}

/** The same failure with the record it is about. */
async function naming<T>(wanted: Wanted, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw Failure.is(error) && !error.record ? error.with({ record: wanted.title }) : error;
  }
}
