import type { ConformanceData } from '../../../sandbox/conformance.ts';

const entry = (number: number, more: object = {}) => ({
  id: `kantata:${number}`,
  source: { system: 'kantata', id: String(number) },
  resource: { id: '11', name: 'Ada Berg' },
  project: { id: '900', code: 'ENG-0001' },
  workDate: '2026-03-10',
  minutes: 60 * number,
  billable: true,
  status: 'approved',
  version: 'v1',
  ...more,
});
const record = 'time entry kantata:1';
const reads = { why: 'it reads' };

export const conformance: ConformanceData = {
  operations: {
    'time.post': [
      {
        input: [entry(1), entry(2)],
        makes: ['entry kantata:1', 'entry kantata:2'],
        others: {
          after: 'the sample',
          input: [entry(1, { project: { id: '901', code: 'ENG-0002' } })],
          failure: { class: 'conflict.duplicate', record, field: 'project', value: 'ENG-0001' },
        },
        refused: {
          input: [entry(1, { minutes: 1500 })],
          failure: { class: 'business.rejected', record, field: 'minutes', value: '1500' },
        },
      },
    ],
    'posted-time.list': [
      {
        given: { rows: [1, 2].map((number) => ({ key: `kantata:${number}`, day: '2026-03-10', minutes: 60, project: 'ENG-0001' })) },
        input: { from: '2026-03-01', to: '2026-03-31' },
        makes: ['kantata:1', 'kantata:2'],
        others: reads,
        refused: reads,
      },
    ],
  },
};
