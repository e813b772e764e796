import type { PollPage } from '../../model/operations.ts';
import { allProjects, related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { pollChanges, type PollState } from './records/poll-changes.ts';
import { timeEntryOf, timeEvent, timeStatusOf } from './records/time-entry.ts';
import type { KantataApi } from './wire.ts';
import { text } from './wire/envelope.ts';

/**
 * One page of time in order of change, each entry complete with e-mail and codes: that is approved, and that was taken back since. All is read, for what
 * loses its approval is in no list of approved time.
 */
export async function pollApprovedTime(
  api: KantataApi,
  codes: CodeDirectory,
  state: PollState,
  options: { since?: string; pageSize?: number },
  signal: AbortSignal,
): Promise<PollPage> {
  return pollChanges(
    api,
    {
      collection: 'time_entries',
      params: { ...allProjects, include: 'workspace,user,story,active_submission,recent_submission' },
      async events(envelope, readAt) {
        const decided = envelope.results.flatMap((row) => {
          const sheet = envelope.row('timesheet_submissions', text(row, 'active_submission_id') ?? text(row, 'recent_submission_id'));
          const status = timeStatusOf(row, sheet);
          return status === undefined ? [] : [{ row, status }];
        });
        const rows = { results: decided.map(({ row }) => row) };
        await codes.learn(valuesOf(rows, 'workspace_id'), valuesOf(rows, 'story_id'), signal);
        return decided.map(({ row, status }) => {
          const { workspace, story, user } = related(envelope, row);
          const projectCode = codes.projectCode(text(row, 'workspace_id'), workspace);
          const taskCode = codes.taskCode(text(row, 'story_id'), story, projectCode);
          return timeEvent(timeEntryOf(row, status, { user, projectCode, taskCode, currency: api.settings.currency }), readAt);
        });
      },
    },
    state,
    options,
    signal,
  );
}
