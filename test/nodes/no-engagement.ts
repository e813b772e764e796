import { sampleEngagement } from '../model/sample-engagement.ts';
import type { NodeFacts } from './node-at-work.ts';

/** What a node that works with an engagement cannot use. */
export const noEngagement: NonNullable<NodeFacts['refuses']> = [
  { what: 'a message without a payload', message: { topic: 'nothing' }, field: /./, says: /^engagement: / },
  {
    what: 'an engagement whose amount is no money',
    message: { payload: { ...sampleEngagement(), amount: { amount: '12.5.0', currency: 'EUR' } } },
    field: 'amount.amount',
    says: /^engagement ENG-0100: /,
  },
];
