import { sampleAmendment } from '../model/sample-amendment.ts';
import type { NodeFacts } from './node-at-work.ts';

/** What a node that works with an amendment cannot use. */
export const noAmendment: NonNullable<NodeFacts['refuses']> = [
  { what: 'a message without a payload', message: { topic: 'nothing' }, field: /./, says: /^amendment: / },
  {
    what: 'an amendment whose engagement ends before it begins',
    message: { payload: sampleAmendment({}, { contract: { start: '2026-12-01', end: '2026-11-01' } }) },
    field: 'engagement.contract.end',
    says: /^amendment 800000000000001AAA: /,
  },
  {
    what: 'an amendment to be made of which nothing was shown',
    message: { payload: sampleAmendment() },
    fields: { action: 'apply' },
    field: /^(erp|psa)\.changes$/,
    says: /none were shown before/,
    german: /keine gezeigt/,
  },
];
