import type { ConformanceData } from '../../conformance.ts';
import { approved, reads, staffed } from './samples.ts';

/** Who is booked and free, and how their time was used. */
export const people: ConformanceData['operations'] = {
  'assignment.poll': [
    {
      given: staffed,
      input: { since: '2025-01-01T00:00:00Z', pageSize: 2 },
      makes: ['kantata:601', 'kantata:602', 'kantata:603'],
      others: reads,
      refused: reads,
    },
  ],
  'availability.find': [
    {
      given: staffed,
      input: { from: '2026-12-01', to: '2026-12-11', role: 'Senior Consultant', skills: ['SAP'] },
      makes: ['kantata:301', 'kantata:302'],
      others: reads,
      refused: reads,
    },
  ],
  'utilization.find': [
    {
      given: { ...staffed, time_entries: approved.time_entries.map((row) => ({ ...row, date_performed: '2026-12-03' })) },
      input: { from: '2026-12-01', to: '2026-12-11', role: 'Senior Consultant', skills: ['SAP'] },
      makes: ['kantata:301', 'kantata:302'],
      others: reads,
      refused: reads,
    },
  ],
};
