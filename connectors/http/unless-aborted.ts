import { Failure, type FailureDetails } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';

export const aborted: FailureDetails = {
  class: 'transient.unavailable',
  ...inWords('ABORTED'),
};

/** What is waited for was not over when the caller gave up; nothing of his was sent. */
export class GivenUp extends Failure {
  constructor() {
    super(aborted);
  }
}

/** Waits for work that others may wait for too: it goes on when this caller gives up, who is told at once. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const give = () => reject(new GivenUp());
    const end = () => signal.removeEventListener('abort', give);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(end);
  });
}
