import type { NodeFacts } from '../../../declarations/operation-facts.ts';

const code = 'nodes/run/compensate/undo-by-branch.ts';

export const facts: NodeFacts = {
  title: 'compensate by a branch',
  writes: [
    {
      keys: ['step NAME'],
      settles: 'repeat',
      twice: 'harmless',
      certain: 'nothing is sent: it only remembers the message',
      inverse: { by: 'system', how: 'the remembered message goes through the branch' },
      code,
    },
    {
      keys: ['undo step NAME'],
      settles: 'repeat',
      twice: '**depends on the branch**',
      certain:
        'what the branch sends through nodes of the pack is settled by their own rule; what it sends by other nodes (`http request`) is sent again',
      inverse: { by: 'nobody', why: 'it is the undoing' },
      code,
    },
  ],
};
