import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { externalIdOf } from './external-id.ts';
import type { NetSuiteApi, RecordType } from '../wire.ts';
import { fieldText, referredId } from './record-field.ts';
import type { RecordFound } from './record-lookup.ts';
import { needsCause } from '../errors/refusal-cause.ts';

/** A record carries an id that NetSuite takes for the same although its case differs: never written over, a person says whose it is. */
export function sameButForCase(name: Words, externalId: string, found: RecordFound): Failure {
  const there = externalIdOf(found.externalId);
  return new Failure({
    class: 'conflict.duplicate',
    ...inWords('EXTERNAL_ID_CASE', { there, id: found.id, wanted: externalIdOf(externalId), name }),
    system: 'netsuite',
    record: name,
    field: 'externalId',
    value: there,
    outcome: 'not-made',
  });
}

/**
 * A create that was refused: is its external id taken? NetSuite says so with a code for everything and a translated text, so the record is asked
 * for by the id itself, which NetSuite compares by its own rule. `again`: an earlier create got no answer, and may have been the one that took it.
 */
export async function idTaken(
  api: NetSuiteApi,
  record: { type: RecordType; externalId: string; name: Words },
  { failure, again = false }: { failure: Failure; again?: boolean | undefined },
  signal: AbortSignal,
): Promise<Failure> {
  if (!mayBeOfId(failure)) return failure;
  const outcome = again ? 'unknown' : 'not-made';
  const found = await api.read(record.type, record.externalId, signal).catch((error: unknown) => Failure.from(error));
  // a look that met passing trouble says nothing, and the refusal alone is no reason to give up
  if (found instanceof Failure) return passes(found) ? found.with({ record: record.name, outcome }) : failure;
  const id = found === undefined ? undefined : referredId(found, 'id');
  if (found === undefined || id === undefined) return failure;
  const externalId = fieldText(found, 'externalId');
  if (externalId !== undefined && externalId !== record.externalId)
    return sameButForCase(record.name, record.externalId, { id, externalId });
  // it was not there a moment ago: whoever made it meanwhile, it is looked at as one that had been there
  return failure.with({
    class: 'transient.locked',
    ...inWords('MADE_MEANWHILE', { name: record.name, id }),
    outcome,
  });
}

const mayBeOfId = (failure: Failure) =>
  failure.class.startsWith('conflict.') || needsCause(failure) || failure.field?.toLowerCase() === 'externalid';

const passes = ({ class: failureClass }: Failure) => /^(transient|quota)\.|^auth\.expired$/.test(failureClass);
