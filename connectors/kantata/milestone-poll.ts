import type { PollPage } from '../../model/operations.ts';
import { valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { milestoneEvent, milestoneOf } from './milestone-poll/milestone-state.ts';
import { pollChanges, type PollState } from './records/poll-changes.ts';
import type { KantataApi } from './wire.ts';
import { text } from './wire/envelope.ts';

/** Milestones of archived projects are left out unless asked for: https://developer.kantata.com/ "Stories". */
const milestones = { story_type: 'milestone', archived: 'include', include_archived: true, include: 'workspace' };

/** One page of milestones in order of change: those that were reached, and those that are open (again). */
export async function pollMilestones(
  api: KantataApi,
  codes: CodeDirectory,
  state: PollState,
  options: { since?: string; pageSize?: number },
  signal: AbortSignal,
): Promise<PollPage> {
  return pollChanges(
    api,
    {
      collection: 'stories',
      params: milestones,
      async events(envelope, readAt) {
        await codes.learn(valuesOf(envelope, 'workspace_id'), valuesOf(envelope, 'id'), signal);
        return envelope.results.flatMap((row) => {
          // the filter's own precision is not relied upon
          if (text(row, 'story_type') !== 'milestone') return [];
          const workspaceId = text(row, 'workspace_id');
          const project = codes.projectCode(workspaceId, envelope.row('workspaces', workspaceId));
          const milestone = milestoneOf(row, { project, code: codes.taskCode(text(row, 'id'), row, project) });
          return milestone ? [milestoneEvent(milestone, readAt)] : [];
        });
      },
    },
    state,
    options,
    signal,
  );
}
