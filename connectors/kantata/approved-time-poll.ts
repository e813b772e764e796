import type { ApprovedTimePollOptions, PollPage } from '../../model/operations.ts';
import { beginDeleted, parseDeleted, readDeleted } from './approved-time-poll/deleted-time.ts';
import { allProjects, related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { pollChanges, type PollState } from './records/poll-changes.ts';
import { timeEntryOf, timeEvent, timeStatusOf } from './records/time-entry.ts';
import { type KantataApi, pageLimit } from './wire.ts';
import { isRow, text } from './wire/envelope.ts';

/**
 * One page of time in order of change, each entry complete with e-mail and codes: that is approved, and that was taken back since. All is read, for what
 * loses its approval is in no list of approved time. Where it is asked for, what was deleted follows, by its events.
 */
export async function pollApprovedTime(
  api: KantataApi,
  codes: CodeDirectory,
  { stored, moving }: PollState,
  options: ApprovedTimePollOptions,
  signal: AbortSignal,
): Promise<PollPage> {
  // of what is not asked for now it is kept where it stood: it may be asked for again
  const kept = parseDeleted(isRow(stored) ? stored['deleted'] : undefined);
  if (!options.deleted) return withDeleted(await pollTime(api, codes, { stored, moving }, options, signal), kept);
  const known = kept ?? (await beginDeleted(api, stored === undefined ? options.since : (options.since ?? longAgo), signal));
  if (known.turn && isRow(stored)) {
    const size = Math.min(pageLimit, Math.max(2, options.pageSize ?? pageLimit));
    const page = await readDeleted(api, codes, { known, size, moving }, signal);
    const { deleted: _read, ...time } = stored;
    return withDeleted({ events: page.events, cursor: time, more: page.more }, page.cursor);
  }
  const page = await pollTime(api, codes, { stored, moving }, options, signal);
  // approved first, so that what was deleted since comes behind it
  return page.more ? withDeleted(page, known) : { ...withDeleted(page, { ...known, turn: true }), more: true };
}

/** As far back as events are kept. */
const longAgo = '2000-01-01T00:00:00Z';

function withDeleted(page: PollPage, deleted: ReturnType<typeof parseDeleted>): PollPage {
  return deleted && isRow(page.cursor) ? { ...page, cursor: { ...page.cursor, deleted } } : page;
}

function pollTime(
  api: KantataApi,
  codes: CodeDirectory,
  state: PollState,
  options: ApprovedTimePollOptions,
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
