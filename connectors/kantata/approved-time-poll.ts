import type { PollPage } from '../../model/operations.ts';
import { approvedTime, related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { pollChanges, type PollState } from './records/poll-changes.ts';
import { approvedTimeEvent, timeEntryOf } from './records/time-entry.ts';
import type { KantataApi } from './wire.ts';
import { text } from './wire/envelope.ts';

/** One page of approved time in order of change, each entry complete with e-mail and codes. */
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
      params: { ...approvedTime, include: 'workspace,user,story' },
      async events(envelope, readAt) {
        await codes.learn(valuesOf(envelope, 'workspace_id'), valuesOf(envelope, 'story_id'), signal);
        return envelope.results.map((row) => {
          const { workspace, story, user } = related(envelope, row);
          const projectCode = codes.projectCode(text(row, 'workspace_id'), workspace);
          const taskCode = codes.taskCode(text(row, 'story_id'), story, projectCode);
          return approvedTimeEvent(timeEntryOf(row, { user, projectCode, taskCode, currency: api.settings.currency }), readAt);
        });
      },
    },
    state,
    options,
    signal,
  );
}
