import type { FailureDetails, RunRow } from '../../console/answers.ts';

/** A dead letter as the admin API lists it, with what a test wants to be special. */
export function deadLetter(subject: string, failure: Partial<FailureDetails> = {}): RunRow {
  return {
    id: `run-${subject}`,
    seq: 1,
    entry: 'in',
    flow: 'flow',
    status: 'dead',
    attempts: 1,
    crashes: 0,
    token: 1,
    availableAt: 0,
    revision: 'r',
    severity: 'normal',
    failure: { class: 'business.rejected', code: 'PERIOD_CLOSED', message: 'The accounting period is closed.', ...failure },
    createdAt: 0,
    updatedAt: 0,
    event: {
      id: subject,
      source: '/kantata/time_entries',
      type: 'com.psconnect.time.approved',
      subject,
      time: '2026-11-23T00:00:00Z',
      key: subject,
    },
    about: {},
    at: [],
  };
}
