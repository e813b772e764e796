import { phrase } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { chunks, type KantataApi, type Params } from '../wire.ts';
import { incomplete } from '../../http/whole-list.ts';
import { type Envelope, ids, type Row, text } from '../wire/envelope.ts';

/**
 * Kinds of external reference this connector keeps. Kantata has no idempotency key: a record is found again by the
 * reference it was created with (https://developer.kantata.com/ "External References").
 */
export type ReferenceModel = 'project' | 'task' | 'milestone' | 'staffing' | 'allocation';

export interface Reference {
  model: ReferenceModel;
  ref: string;
}

/** The `external_reference` object of a create. */
export function referenceAttribute(api: KantataApi, reference: Reference): JsonObject {
  return {
    service_name: api.settings.serviceName,
    service_model: reference.model,
    service_model_ref: stored(reference.ref),
    status: 'successful',
  };
}

/** This connector's reference of a row that was read with `include=external_references`. */
export function referenceOf(api: KantataApi, envelope: Envelope, row: Row): { model: string; ref: string } | undefined {
  for (const id of ids(row, 'external_reference_ids')) {
    const reference = envelope.row('external_references', id);
    // without it the record would be taken for nobody's, and made a second time
    if (!reference) throw incomplete('kantata', 'external_references', phrase('LIST_INCOMPLETE.lacks', { id }));
    const model = text(reference, 'service_model');
    const ref = text(reference, 'service_model_ref');
    if (model && ref && text(reference, 'service_name') === api.settings.serviceName) return { model, ref: meant(ref) };
  }
  return undefined;
}

/** All rows of a collection that carry one of these references, whatever their number. */
export async function rowsByReference(
  api: KantataApi,
  collection: string,
  model: ReferenceModel,
  refs: string[],
  params: Params,
  signal?: AbortSignal,
): Promise<{ ref: string; row: Row; envelope: Envelope }[]> {
  const wanted = new Set(refs);
  const include = ['external_references', params['include']].filter(Boolean).join(',');
  const found: { ref: string; row: Row; envelope: Envelope }[] = [];
  for (const chunk of chunks([...wanted])) {
    const filter = {
      external_reference_service_name: api.settings.serviceName,
      external_reference_service_model: model,
      external_reference_service_model_refs: chunk.map(stored).join(','),
    };
    for await (const envelope of api.pages(collection, { ...params, ...filter, include }, signal)) {
      for (const row of envelope.results) {
        const reference = referenceOf(api, envelope, row);
        // the filter's own precision is not relied upon
        if (reference?.model === model && wanted.has(reference.ref)) found.push({ ref: reference.ref, row, envelope });
      }
    }
  }
  return found;
}

/**
 * Filters take several references with commas between them, so a comma of a code is kept as `%2C`, and a `%` that could be mistaken for
 * the beginning of such a mark as `%25`. Every other code is kept as it is.
 */
const stored = (ref: string) => ref.replace(/%(?=25|2C)|,/g, (sign) => (sign === ',' ? '%2C' : '%25'));
const meant = (ref: string) => ref.replace(/%25|%2C/g, (mark) => (mark === '%2C' ? ',' : '%'));
