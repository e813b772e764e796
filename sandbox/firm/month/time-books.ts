import type { ExpectedTime } from '../expected-books.ts';
import { toDecimal } from '../minor-units.ts';
import type { BookedTime } from '../time-sheets.ts';
import { byCurrency, type Figures } from './figures.ts';
import type { TimeChanges } from './time-script.ts';

/** The posted time when the month is over: what was taken back for good has left the books, since nothing was billed of it. */
export function timeAfterMonth(posted: readonly ExpectedTime[], { corrected, moved, takenBack }: TimeChanges): ExpectedTime[] {
  const gone = new Set(takenBack.entries.map(({ id }) => id));
  const kept = posted.filter(({ id }) => !id || !gone.has(id));
  return kept.map((entry) => {
    if (entry.id === corrected.entry.id) return changed(entry, { ...corrected.entry, minutes: corrected.minutes });
    return entry.id === moved.entry.id ? changed(entry, moved.rightly) : entry;
  });
}

function changed(entry: ExpectedTime, to: BookedTime): ExpectedTime {
  const { project, task, minutes, billable, rate } = to;
  const { legalEntity, currency } = project;
  return {
    ...entry,
    project: project.code,
    task,
    minutes,
    billable,
    legalEntity,
    currency,
    amount: toDecimal((rate * minutes) / 60, currency),
  };
}

/** Billable time by currency, and the minutes of each project. */
export function timeFigures(posted: readonly ExpectedTime[]): Figures {
  return {
    ...byCurrency(
      'time in the ERP',
      posted.map(({ currency, amount }) => ({ currency, amount: Number(amount.replace('.', '')) })),
    ),
    ...minutesOf(posted.map(({ project, minutes }) => ({ project, minutes }))),
  };
}

export function minutesOf(entries: readonly { project: string; minutes: number }[]): Figures {
  const sums = new Map<string, number>();
  for (const { project, minutes } of entries) sums.set(project, (sums.get(project) ?? 0) + minutes);
  return Object.fromEntries([...sums].map(([project, minutes]) => [`minutes in the ERP of ${project}`, String(minutes)]));
}
