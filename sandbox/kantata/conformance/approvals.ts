import type { ConformanceData } from '../../conformance.ts';
import { approved, deletedTime, handedIn, reads } from './samples.ts';

/** Time and expenses that were approved. */
export const approvals: ConformanceData['operations'] = {
  'approved-time.poll': [
    {
      given: approved,
      input: { since: '2025-01-01', pageSize: 2 },
      makes: ['kantata:701', 'kantata:702', 'kantata:703'],
      others: reads,
      refused: reads,
    },
    {
      title: 'deleted',
      given: deletedTime,
      input: { since: '2025-01-01', pageSize: 2, deleted: true },
      // one is there, two are gone, and one of these is told twice
      makes: ['kantata:701', 'kantata:702', 'kantata:703'],
      others: reads,
      refused: reads,
    },
  ],
  'approved-time.list': [
    {
      given: approved,
      input: { from: '2025-03-01', to: '2025-03-31' },
      makes: ['kantata:701', 'kantata:702', 'kantata:703'],
      others: reads,
      refused: reads,
    },
  ],
  'approved-expense.poll': [
    {
      given: handedIn,
      input: { since: '2025-01-01', pageSize: 2 },
      // approved twice, and taken back; the fourth waits for a decision
      makes: ['kantata:expense-811', 'kantata:expense-812', 'kantata:expense-813'],
      others: reads,
      refused: reads,
    },
  ],
  'approved-expense.list': [
    {
      given: handedIn,
      input: { from: '2025-03-01', to: '2025-03-31' },
      // one was taken back, one waits for a decision
      makes: ['kantata:expense-811', 'kantata:expense-812'],
      others: reads,
      refused: reads,
    },
  ],
};
