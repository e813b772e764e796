import type { TimeEntry } from '../../model/types.generated.ts';
import { emailOf, projectCodeOf, psaId, taskCodeOf, type TimeFirm } from '../system/time-firm.ts';
import { day } from '../system/time-rows.ts';

/** One person who works at one task of one project, known to PSA and ERP. */
export const smallFirm: TimeFirm = {
  users: ['1'],
  workspaces: ['1'],
  stories: new Map([['1', '1']]),
  currency: 'USD',
  legalEntity: 'US01',
};

/** The same as a message carries it. */
export const approvedTime = (entry: number, more: Partial<TimeEntry> = {}): TimeEntry => ({
  id: `kantata:${psaId.entry(String(entry))}`,
  source: { system: 'kantata', id: psaId.entry(String(entry)) },
  resource: { id: psaId.user('1'), email: emailOf('1') },
  project: { id: psaId.workspace('1'), code: projectCodeOf('1') },
  task: { id: psaId.story('1'), code: taskCodeOf('1', '1') },
  workDate: day(5),
  minutes: 60,
  billable: true,
  rate: { amount: '150.00', currency: 'USD' },
  status: 'approved',
  version: 'v1',
  ...more,
});
