import type { Scenario } from './scenario.ts';
import { probed, sameKey, three, twoKeys } from './scenario-parts.ts';

/** Runs that make the process itself die, and those that are under way beside them. */
export const deathScenarios: Scenario[] = [
  {
    ...probed,
    name: 'a message that makes the process die, beside another',
    events: twoKeys,
    deadly: { event: 'A', when: 'always' },
    faults: ['crash'],
    budget: 1,
  },
  {
    ...probed,
    name: 'a message that makes the process die, beside two',
    events: three,
    deadly: { event: 'C', when: 'always' },
    faults: [],
    budget: 0,
  },
  {
    ...probed,
    name: 'a message that makes the process die, before another of its key',
    events: sameKey,
    deadly: { event: 'A', when: 'always' },
    faults: ['crash'],
    budget: 1,
  },
  {
    ...probed,
    name: 'a message that makes the process die and comes one write further each time',
    events: twoKeys,
    writes: 6,
    deadly: { event: 'A', when: 'after one more write' },
    faults: [],
    budget: 0,
  },
];
