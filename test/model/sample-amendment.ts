import type { Amendment, Engagement } from '../../model/types.generated.ts';
import { sampleEngagement } from './sample-engagement.ts';

/** The first amendment of the sample engagement: it ends a month later. */
export function sampleAmendment(more: Partial<Amendment> = {}, engagement: Partial<Engagement> = {}): Amendment {
  return {
    id: '800000000000001AAA',
    contractNumber: '00000100',
    number: 1,
    effective: '2027-01-01',
    reason: 'The client needs a month more',
    engagement: sampleEngagement({ contract: { start: '2026-12-01', end: '2027-04-30' }, ...engagement }),
    ...more,
  };
}
