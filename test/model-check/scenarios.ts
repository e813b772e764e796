import type { Fault, Scenario } from './scenario.ts';

const one = [{ id: 'A', key: 'k' }];
const sameKey = [
  { id: 'A', key: 'k' },
  { id: 'B', key: 'k' },
];
const twoKeys = [
  { id: 'A', key: 'k' },
  { id: 'B', key: 'm' },
];
const three = [
  { id: 'A', key: 'k' },
  { id: 'B', key: 'k' },
  { id: 'C', key: 'm' },
];
const wire: Fault[] = ['crash', 'lost', 'dropped'];
const probed = { settle: 'probe', shape: 'chain', writes: 1 } as const;

/** What is explored at each `npm test`: small, and each for a reason of its own. */
export const scenarios: Scenario[] = [
  {
    ...probed,
    name: 'one write, and whatever may happen to its request',
    events: one,
    faults: [...wire, 'busy', 'refused', 'probe-fails'],
    budget: 2,
  },
  { ...probed, name: 'two writes one after the other', events: one, writes: 2, faults: wire, budget: 2 },
  { ...probed, name: 'two nodes one after the other', events: one, shape: 'nodes', writes: 2, faults: [...wire, 'redeploy'], budget: 1 },
  { ...probed, name: 'two nodes side by side', events: one, shape: 'fan', writes: 2, faults: ['crash', 'dropped', 'busy'], budget: 1 },
  {
    ...probed,
    name: 'requests that the system carries out late',
    events: one,
    settleAfterMs: 4_000,
    faults: ['crash', 'late', 'slow'],
    budget: 2,
  },
  {
    ...probed,
    name: 'requests sent more than once, and carried out late',
    events: one,
    settleAfterMs: 4_000,
    faults: ['crash', 'late', 'slow'],
    budget: 3,
  },
  { ...probed, name: 'look-ups that take long', events: one, settleAfterMs: 4_000, faults: ['late', 'slow'], budget: 3 },
  { ...probed, name: 'records that may exist already', events: one, lookFirst: true, byHand: ['A#1'], writes: 2, faults: wire, budget: 2 },
  {
    ...probed,
    name: 'records looked up first while requests come late',
    events: one,
    lookFirst: true,
    settleAfterMs: 4_000,
    faults: ['crash', 'late', 'slow'],
    budget: 2,
  },
  { ...probed, name: 'writes that are harmless to repeat', settle: 'repeat', events: one, writes: 2, faults: wire, budget: 2 },
  {
    ...probed,
    name: 'writes that only a person can settle',
    settle: 'person',
    events: one,
    faults: [...wire, 'busy', 'replay'],
    budget: 2,
  },
  { ...probed, name: 'the same write asked for three times', events: one, shape: 'same', faults: ['crash', 'dropped', 'lost'], budget: 1 },
  {
    ...probed,
    name: 'a node that goes on writing after it is done',
    events: one,
    shape: 'careless',
    writes: 2,
    faults: ['crash', 'busy', 'redeploy'],
    budget: 2,
  },
  { ...probed, name: 'two events of one key', events: sameKey, faults: ['crash', 'lost', 'busy'], budget: 1 },
  { ...probed, name: 'two keys, one of which never works', events: twoKeys, poison: 'A', faults: ['crash', 'dropped'], budget: 1 },
  {
    ...probed,
    name: 'a key that never works, and room for one',
    events: three,
    poison: 'A',
    concurrency: 1,
    faults: ['crash', 'redeploy'],
    budget: 1,
  },
  { ...probed, name: 'flows deployed in the middle', events: sameKey, faults: ['redeploy', 'dropped', 'crash'], budget: 2 },
  { ...probed, name: 'a message that a node swallows', events: twoKeys, shape: 'swallow', faults: ['crash', 'redeploy'], budget: 1 },
  { ...probed, name: 'events read from a source', events: twoKeys, polled: 'pages', faults: ['crash'], budget: 1 },
  { ...probed, name: 'events read again from a source', events: sameKey, polled: 'overlapping', faults: ['crash'], budget: 1 },
  { ...probed, name: 'a disk that is full for a moment', events: sameKey, faults: ['store-fails', 'crash'], budget: 2 },
  {
    ...probed,
    name: 'a person acts while runs are under way',
    events: sameKey,
    faults: ['refused', 'replay', 'cancel', 'dropped'],
    budget: 2,
  },
  { ...probed, name: 'two instances, one of which dies', events: twoKeys, instances: 2, faults: ['crash', 'dropped'], budget: 2 },
  {
    ...probed,
    name: 'two instances, one of which is frozen for a while',
    events: sameKey,
    instances: 2,
    faults: ['freeze', 'lost'],
    budget: 2,
  },
  {
    ...probed,
    name: 'a frozen instance and records that may exist already',
    events: one,
    instances: 2,
    lookFirst: true,
    faults: ['freeze', 'crash'],
    budget: 2,
  },
];

/** What takes minutes: more events, more faults. `npm run model-check` */
export const longScenarios: Scenario[] = scenarios.flatMap((scenario) => {
  const deeper = { ...scenario, name: `${scenario.name}; one fault more`, budget: scenario.budget + 1 };
  const wider = { ...scenario, name: `${scenario.name}; three events`, events: three };
  return scenario.events.length < 3 ? [scenario, deeper, wider] : [scenario, deeper];
});
