import type { NodeFacts } from '../../../declarations/operation-facts.ts';

export const facts: NodeFacts = {
  title: 'wait',
  writes: [
    {
      keys: ['wait'],
      settles: 'repeat',
      twice: 'harmless',
      certain: 'nothing is sent: it only remembers until when',
      inverse: { by: 'nobody', why: 'nothing was sent' },
      code: 'nodes/run/wait/durable-wait.ts',
    },
  ],
};
