import type { FailureDetails } from '../model/failure.ts';

/** What a failure says, without what it is about: `inWords` makes it. */
export type FailureText = Pick<FailureDetails, 'code' | 'message' | 'remedy' | 'words'>;
