import { inWords, phrase } from '../../model/failure-words.ts';
import type { Minutes } from '../../model/minutes.ts';
import type { TellUnreadable, TimeFact, TimeWindow, UnreadableRow } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import { approvedTime, type Related, related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { listedRows } from './records/listed-rows.ts';
import { amountOf, rateOf, timeEntryKey } from './records/time-entry.ts';
import { unreadableEntry } from './records/unreadable-entry.ts';
import type { KantataApi } from './wire.ts';
import { type Row, text, unexpectedAnswer } from './wire/envelope.ts';

/** All approved time of a span of working days, each entry once. */
export async function* listApprovedTime(
  api: KantataApi,
  codes: CodeDirectory,
  window: TimeWindow,
  signal: AbortSignal,
  unreadable: TellUnreadable = refuse,
): AsyncGenerator<TimeFact> {
  const params = { ...approvedTime, date_performed_between: `${window.from}:${window.to}`, include: 'workspace,user,story' };
  const list = { collection: 'time_entries', params, endless: phrase('LIST_WITHOUT_END.kantata-time') };
  for await (const { envelope, rows } of listedRows(api, list, signal)) {
    await codes.learn(valuesOf(envelope, 'workspace_id'), valuesOf(envelope, 'story_id'), signal);
    for (const { row, id } of rows) {
      const odd = unreadableEntry(row, id);
      if (odd) unreadable(odd);
      else yield timeFactOf(api, codes, row, id, related(envelope, row));
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

function refuse({ id, field }: UnreadableRow): never {
  throw unexpectedAnswer(called.timeEntry(id), field, inWords('ANSWER_UNEXPECTED.field', { field }));
}
