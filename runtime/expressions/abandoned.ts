import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';

/** The caller has left, or the node closes; a run that this happens to is delivered again. */
export function abandoned(): Failure {
  return new Failure({ class: 'transient.unavailable', ...inWords('ABORTED.expression') });
}
