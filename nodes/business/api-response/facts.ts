import type { NodeFacts } from '../../../declarations/operation-facts.ts';

export const facts: NodeFacts = {
  title: 'API answer',
  writes: [
    {
      keys: ['answer'],
      settles: 'repeat',
      twice: 'harmless',
      certain: 'nothing is sent: it only remembers what the caller is told',
      inverse: { by: 'nobody', why: 'what was told cannot be taken back' },
      code: 'runtime/business-api/kept-answer.ts',
    },
  ],
};
