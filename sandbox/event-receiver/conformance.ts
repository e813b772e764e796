import type { ConformanceData } from '../conformance.ts';

const event = {
  id: 'run-1.provisioned',
  source: '/ps-connect/engagements',
  type: 'com.psconnect.project.provisioned',
  subject: 'ENG-0001',
  time: '2026-11-02T09:00:00.000Z',
  data: { code: 'ENG-0001' },
};

export const conformance: ConformanceData = {
  operations: {
    'event.publish': [
      {
        input: event,
        makes: ['event ENG-0001'],
        others: { why: 'an id is its source’s own: nobody else has it' },
        refused: {
          given: { refusedTypes: [event.type] },
          failure: { class: 'business.rejected', record: 'event ENG-0001', field: 'type', value: event.type },
        },
      },
    ],
  },
};
