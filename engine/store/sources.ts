import type { FailureDetails } from '../../model/failure.ts';
import type { Severity } from '../retry-policy.ts';
import type { Calls } from './calls.ts';

/** A source that cannot read its system: nothing comes in, and no run says so. */
export interface FailingSource {
  /** id of its node */
  source: string;
  /** tab of the node */
  flow: string;
  /** of the node's run policy */
  severity: Severity;
  /** why it could not read the last time that the reason was another one */
  failure: FailureDetails;
  /** since when it could not, epoch ms */
  since: number;
}

/** Sources that cannot read, whichever instance tries. */
export interface Sources {
  /** It cannot read; since when stays as it was said first. */
  sourceFails(failing: Omit<FailingSource, 'since'>, now: number): Promise<void>;
  /** It has read, or nobody tries any more. */
  sourceReads(source: string): Promise<void>;
  /** In order of their ids. */
  failingSources(): Promise<FailingSource[]>;
}

export const sourceCalls = {
  sourceFails: 'keeps',
  sourceReads: 'asks',
  failingSources: 'asks',
} satisfies Calls<Sources>;
