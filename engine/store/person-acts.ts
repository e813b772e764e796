import type { Json } from '../../model/json.ts';
import type { Act } from './act.ts';
import type { Calls } from './calls.ts';
import type { RunId } from './runs.ts';

/** What a person does with a run; each act is in the journal. */
export interface PersonActs {
  /**
   * Makes a dead run ready again, with the event as edited if given; not before `at`. Effects made stay made, its deadline
   * begins anew, and what it asked and nobody answered in time is asked again; with other data, everything is: what was
   * approved was something else. Not one whose effects are being undone.
   */
  replay(run: RunId, act: Act & { data?: Json; at?: number }, now: number): Promise<boolean>;
  /** Ends a dead run as cancelled. */
  discard(run: RunId, act: Act, now: number): Promise<boolean>;
  /** Ends an open run as cancelled. What a delivery under way still says is refused; writes that it has sent are recorded. */
  cancel(run: RunId, act: Act, now: number): Promise<boolean>;
}

export const personActCalls = {
  replay: 'keeps',
  discard: 'keeps',
  cancel: 'keeps',
} satisfies Calls<PersonActs>;
