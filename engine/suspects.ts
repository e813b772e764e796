import { Failure } from '../model/failure.ts';
import type { Run } from './store.ts';

/**
 * A message that makes Node-RED itself die (memory runs out, a native module crashes, a function node exits) must not take
 * the others with it at every start. All that was under way may have been the cause. What was there at two deaths in a row is
 * suspect: suspects are delivered one at a time beside the others, so that the next death clears all but one.
 */
export const suspectAfter = 2;

/** Deaths in a row after which a run is not delivered any more. */
export const guiltyAfter = 4;

export function crashedFailure({ crashes, event }: Run): Failure {
  return new Failure({
    class: 'internal',
    code: 'CRASHED',
    message: `Node-RED has stopped ${crashes} times in a row while ${event.subject} was under way.`,
    record: event.subject,
    remedy: 'See the Node-RED log for why it stopped. Mend the flow or the event, then replay the run.',
  });
}
