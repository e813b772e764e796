import { projectCodeOf, psaId, taskCodeOf } from './time-firm.ts';

/** A calendar date so many days back. */
export const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

/** An hour of the first person at the first task, approved five days ago, as a row of Kantata. */
export const approvedRow = (entry: number, more: object = {}) => ({
  id: psaId.entry(String(entry)),
  workspace_id: psaId.workspace('1'),
  story_id: psaId.story('1'),
  user_id: psaId.user('1'),
  date_performed: day(5),
  time_in_minutes: 60,
  rate_in_cents: 15000,
  currency: 'USD',
  billable: true,
  approved: true,
  ...more,
});

/** The same hour as a record of NetSuite that was posted for it. */
export const postedRow = (entry: number, more: object = {}) => ({
  externalId: `kantata:${psaId.entry(String(entry))}`,
  employee: { externalId: 'EMP-1' },
  customer: { externalId: projectCodeOf('1') },
  caseTaskEvent: { externalId: taskCodeOf('1', '1') },
  item: { externalId: 'SVC-CONSULTING' },
  tranDate: day(5),
  hours: '1:00',
  isBillable: true,
  rate: 150,
  ...more,
});
