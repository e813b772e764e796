import type { SystemFacts } from '../../../declarations/operation-facts.ts';

/** What Abaco is written, and what each call costs. */
export const facts: SystemFacts = {
  ownWords: [],
  operations: {
    'time.post': {
      rights: ['book hours', 'read hours'],
      limits: [{ most: 1, of: 'entry', per: 'call' }],
      writes: [
        {
          keys: ['entry ENTRY'],
          settles: 'probe',
          twice: '**a second entry**',
          certain: 'Abaco finds entries by their key',
          inverse: { by: 'person', why: 'Abaco deletes nothing' },
          code: 'connectors/abaco/time-post.ts',
        },
      ],
      calls: [{ once: 0, each: [{ calls: 2, per: 'entry' }] }],
    },
    'posted-time.list': { rights: ['read hours'], calls: [{ once: 1 }] },
  },
};
