import type { NodeFacts } from '../../../declarations/operation-facts.ts';

export const facts: NodeFacts = {
  title: 'show changes (PSA)',
  writes: [
    {
      keys: ['changes CODE'],
      settles: 'repeat',
      twice: 'harmless',
      certain: 'nothing is sent: it only remembers what was shown',
      inverse: { by: 'nobody', why: 'it writes nowhere' },
      code: 'runtime/change-node.ts',
    },
  ],
};
