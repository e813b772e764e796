import { inWords, phrase } from '../../model/failure-words.ts';
import type { Minutes } from '../../model/minutes.ts';
import type { TellUnreadable, TimeFact, TimeWindow, UnreadableTime } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import { PageCount } from '../http/page-count.ts';
import { incomplete } from '../http/whole-list.ts';
import { approvedTime, type Related, related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { amountOf, rateOf, timeEntryKey } from './records/time-entry.ts';
import { unreadableEntry } from './records/unreadable-entry.ts';
import { type KantataApi, pageLimit } from './wire.ts';
import { type Row, text, unexpectedAnswer } from './wire/envelope.ts';

/** Lists move while they are read: an entry that loses its approval shifts the later ones, so a list that moved is read again. */
const mostPasses = 3;

/** All approved time of a span of working days, each entry once. Pages overlap by one entry, which shows whether the list moved. */
export async function* listApprovedTime(
  api: KantataApi,
  codes: CodeDirectory,
  window: TimeWindow,
  signal: AbortSignal,
  unreadable: TellUnreadable = refuse,
): AsyncGenerator<TimeFact> {
  const span = {
    ...approvedTime,
    date_performed_between: `${window.from}:${window.to}`,
    order: 'created_at:asc',
    include: 'workspace,user,story',
  };
  const given = new Set<string>();
  for (let pass = 1, moved = true; moved; pass++) {
    if (pass > mostPasses) throw incomplete('kantata', 'time_entries', phrase('LIST_INCOMPLETE.moved', { passes: mostPasses }));
    moved = false;
    let anchor: string | undefined;
    const pages = new PageCount('kantata', phrase('LIST_WITHOUT_END.kantata-time'));
    for (let offset = 0; ;) {
      pages.next();
      const envelope = await api.page('time_entries', { ...span, limit: pageLimit, offset }, signal);
      await codes.learn(valuesOf(envelope, 'workspace_id'), valuesOf(envelope, 'story_id'), signal);
      const rows = envelope.results.map((row, index) => ({ row, id: text(row, 'id') ?? `row ${offset + index + 1}` }));
      // what was added before it only repeats rows; where it is gone, rows behind it may have been passed over
      if (anchor !== undefined && !rows.some(({ id }) => id === anchor)) moved = true;
      for (const { row, id } of rows) {
        if (given.has(id)) continue;
        given.add(id);
        const odd = unreadableEntry(row, id);
        if (odd) unreadable(odd);
        else yield timeFactOf(api, codes, row, id, related(envelope, row));
      }
      // one row alone is the overlap itself
      if (rows.length < 2 || offset + rows.length >= envelope.count) break;
      anchor = rows.at(-1)?.id;
      offset += rows.length - 1;
    }
  }
}

/** Kantata knows no legal entity, so the fact has none to compare. A task or project that is not the firm's has no code: it is posted without. */
function timeFactOf(api: KantataApi, codes: CodeDirectory, row: Row, id: string, { workspace, story, user }: Related): TimeFact {
  const minutes = row['time_in_minutes'] as Minutes; // what cannot be read never comes here
  const rate = rateOf(row, api.settings.currency);
  const projectCode = codes.projectCode(text(row, 'workspace_id'), workspace);
  const email = text(user, 'email_address');
  return {
    key: timeEntryKey(id),
    id,
    workDate: String(row['date_performed']),
    minutes,
    billable: row['billable'] === true,
    ...(email ? { person: email.trim().toLowerCase() } : {}),
    projectCode: projectCode ?? `#${text(row, 'workspace_id') ?? ''}`,
    taskCode: codes.taskCode(text(row, 'story_id'), story, projectCode) ?? null,
    rate: rate ?? null,
    amount: amountOf(minutes, rate) ?? null,
  };
}

function refuse({ id, field }: UnreadableTime): never {
  throw unexpectedAnswer(called.timeEntry(id), field, inWords('ANSWER_UNEXPECTED.field', { field }));
}
