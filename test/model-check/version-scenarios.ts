import type { Scenario } from './scenario.ts';
import { probed } from './scenario-parts.ts';

const newerFirst = [
  { id: 'A', key: 'k', version: 2 },
  { id: 'B', key: 'k', version: 1 },
];
const olderFirst = [
  { id: 'A', key: 'k', version: 1 },
  { id: 'B', key: 'k', version: 2 },
];

const together = [
  { id: 'A', key: 'k', version: 1 },
  { id: 'B', key: 'k', version: 1 },
];

/** Records that change at their source: an older version never overwrites a newer one. */
export const versionScenarios: Scenario[] = [
  { ...probed, name: 'an older version that comes late', events: newerFirst, faults: ['crash', 'lost', 'dropped', 'refused'], budget: 2 },
  {
    ...probed,
    name: 'an old dead letter that is replayed when a newer version was written',
    events: olderFirst,
    writes: 2,
    faults: ['refused', 'replay', 'lost', 'crash'],
    budget: 3,
  },
  {
    ...probed,
    name: 'an old dead letter of the same time as one that was written after it',
    events: together,
    faults: ['refused', 'replay', 'crash'],
    budget: 3,
  },
  {
    ...probed,
    name: 'an older version that comes late, and a newer one that was written half-way',
    events: newerFirst,
    writes: 2,
    faults: ['refused', 'dropped', 'replay'],
    budget: 3,
  },
  {
    ...probed,
    name: 'versions of a record at two instances, one of which is frozen for a while',
    events: newerFirst,
    instances: 2,
    begins: 'running',
    faults: ['freeze', 'refused', 'replay'],
    budget: 2,
  },
];
