import type { PollPage } from '../../model/operations.ts';
import { related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { expenseEvent, expenseOf, reportOf, statusOf } from './records/expense.ts';
import { pollChanges, type PollState } from './records/poll-changes.ts';
import type { KantataApi } from './wire.ts';
import { text } from './wire/envelope.ts';

/**
 * One page of expenses in order of change: those whose report is approved, and those that were taken back since. All are read, for what loses its
 * approval is in no list of approved ones.
 */
export async function pollApprovedExpenses(
  api: KantataApi,
  codes: CodeDirectory,
  state: PollState,
  options: { since?: string; pageSize?: number },
  signal: AbortSignal,
): Promise<PollPage> {
  return pollChanges(
    api,
    {
      collection: 'expenses',
      params: { include: 'workspace,user,story,receipt,active_submission,recent_submission' },
      async events(envelope, readAt) {
        const decided = envelope.results.flatMap((row) => {
          const report = reportOf(envelope, row);
          const status = statusOf(row, report);
          return status === undefined ? [] : [{ row, report, status }];
        });
        const rows = { results: decided.map(({ row }) => row) };
        await codes.learn(valuesOf(rows, 'workspace_id'), valuesOf(rows, 'story_id'), signal);
        return decided.map(({ row, report, status }) => {
          const { workspace, story, user } = related(envelope, row);
          const projectCode = codes.projectCode(text(row, 'workspace_id'), workspace);
          const taskCode = codes.taskCode(text(row, 'story_id'), story, projectCode);
          const { currency } = api.settings;
          return expenseEvent(expenseOf(row, status, { user, report, projectCode, taskCode, currency }), readAt);
        });
      },
    },
    state,
    options,
    signal,
  );
}
