import { Failure } from '../../model/failure.ts';

/** The caller has left, or the node closes; a run that this happens to is delivered again. */
export function abandoned(): Failure {
  return new Failure({ class: 'transient.unavailable', code: 'ABORTED', message: 'The expression was given up: nobody waits for it.' });
}
