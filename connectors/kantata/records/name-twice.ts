import { Failure, type FailureGiven } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';

/** Of several records of one name none is taken: nobody can tell which was meant. */
export function nameTwice(
  { name, collection, ids }: { name: string; collection: string; ids: readonly string[] },
  about: Pick<FailureGiven, 'record' | 'field'>,
): Failure {
  const said = inWords('NAME_TWICE', { name, collection, ids: { join: 'LIST_COMMA', parts: ids.toSorted() } });
  return new Failure({ class: 'conflict.duplicate', ...said, system: 'kantata', value: name, outcome: 'not-made', ...about });
}
