import type { SourceEvent } from '../../model/operations.ts';

/** An event as a source would report it: `deal('ENG-1')`; events with equal keys run one at a time. */
export function deal(id: string, key = id): SourceEvent {
  return {
    id,
    source: '/crm/test',
    type: 'com.psconnect.opportunity.won',
    subject: key,
    time: '2026-11-20T08:00:00Z',
    key,
    data: { code: id },
  };
}
