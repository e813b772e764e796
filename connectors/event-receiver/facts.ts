import type { SystemFacts } from '../../declarations/operation-facts.ts';

/** What a receiver is told, and why nothing can be there twice. */
export const facts: SystemFacts = {
  ownWords: [],
  operations: {
    'event.publish': {
      rights: [
        'a sender that the receiver knows, by the secret',
        'its name among those that may send, where the receiver lists them (`WebHook-Allowed-Origin`)',
      ],
      limits: [{ most: 1, of: 'event', per: 'call' }],
      writes: [
        {
          keys: ['event ID'],
          settles: 'repeat',
          twice: 'the receiver drops it: it has the same source and id',
          certain: 'an event that is sent again is the same to its last letter, and CloudEvents has a receiver know it by source and id',
          inverse: { by: 'person', why: 'what somebody was told cannot be called back: tell them otherwise' },
          code: 'connectors/event-receiver/event-publish.ts',
        },
      ],
      calls: [{ once: 1 }],
    },
  },
};
