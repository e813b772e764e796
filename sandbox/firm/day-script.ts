import type { Engagement } from './engagement.ts';
import type { Firm } from './firm.ts';
import type { BookedTime, TimeEntry, TimeSheet } from './time-sheets.ts';

/** What people do on the business day, as data; the steps act it out and the oracle reckons with it. */
export interface DayScript {
  /** deals as sales leaves them once won, in the order of the day */
  wins: { at: string; deal: Engagement }[];
  /** an open deal that only moves on: nothing may follow from it */
  movesOn: { deal: Engagement; stage: string };
  /** sheets that managers approve as they are */
  approvals: TimeSheet[];
  /** one sheet goes back, is corrected, handed in again and approved */
  correction: { sheet: TimeSheet; reason: string; wrong: TimeEntry; minutes: number };
  /** last week's time, booked, handed in and approved on the day */
  late: BookedTime[];
  /** the day's own work, left in draft */
  today: BookedTime[];
}

export function scriptDay(firm: Firm): DayScript {
  const pending = firm.sheets.filter((sheet) => sheet.status === 'pending');
  const mistaken = pending.find((sheet) => sheet.sentBack);
  const wrong = mistaken?.entries.toSorted((a, b) => b.minutes - a.minutes)[0];
  const movesOn = firm.engagements.find((deal) => deal.stage === 'Proposal/Price Quote');
  if (!mistaken?.sentBack || !wrong || !movesOn) throw new Error('the firm has too little to do for a business day');
  return {
    wins: firm.closing.map(({ code, at }) => ({ at, deal: winDeal(firm, code) })),
    movesOn: { deal: movesOn, stage: 'Negotiation/Review' },
    approvals: pending.filter((sheet) => sheet !== mistaken),
    correction: { sheet: mistaken, reason: mistaken.sentBack, wrong, minutes: wrong.minutes - 30 },
    late: firm.late,
    today: firm.today,
  };
}

function winDeal(firm: Firm, code: string): Engagement {
  const deal = firm.engagements.find((each) => each.code === code);
  if (!deal) throw new Error(`no deal ${code}`);
  return { ...deal, stage: 'Closed Won', closeDate: firm.date, poNumber: `PO-${firm.date.replaceAll('-', '')}-${code.slice(-2)}` };
}

/** Everything that managers approve on the day, as it is when they do. */
export function approvedOnDay(script: DayScript): { entry: BookedTime; id?: string }[] {
  const { sheet, wrong, minutes } = script.correction;
  return [
    ...script.approvals.flatMap(({ entries }) => entries.map((entry) => ({ entry, id: entry.id }))),
    ...sheet.entries.map((entry) => ({ entry: entry === wrong ? { ...entry, minutes } : entry, id: entry.id })),
    ...script.late.map((entry) => ({ entry })),
  ];
}
