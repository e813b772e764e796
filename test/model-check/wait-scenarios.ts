import type { Scenario } from './scenario.ts';
import { one, probed, sameKey } from './scenario-parts.ts';

const waiting = { ...probed, events: one, writes: 2 } as const;

/** Runs that wait: for a moment, for a fact, for a person's answer, and not beyond their deadline. */
export const waitScenarios: Scenario[] = [
  { ...waiting, name: 'a run waits for its time', waits: { after: 1, ms: 6_000 }, faults: ['crash', 'redeploy', 'busy'], budget: 2 },
  { ...waiting, name: 'a run waits until it is roused', waits: { after: 1 }, faults: ['rouse', 'crash', 'redeploy', 'slow'], budget: 2 },
  {
    ...waiting,
    name: 'a run that waits keeps the next of its key back',
    events: sameKey,
    writes: 1,
    waits: { after: 0, ms: 4_000 },
    faults: ['crash', 'cancel'],
    budget: 1,
  },
  {
    ...waiting,
    name: 'a question that persons answer',
    asks: { after: 1, rule: { expiresAfterMs: 0, onExpiry: 'reject', escalateAfterMs: 3_000 } },
    faults: ['approve', 'reject', 'crash', 'redeploy'],
    budget: 2,
  },
  {
    ...waiting,
    name: 'a question that expires as a no',
    asks: { after: 1, rule: { expiresAfterMs: 6_000, onExpiry: 'reject', escalateAfterMs: 3_000 } },
    faults: ['approve', 'reject', 'crash', 'slow'],
    budget: 2,
  },
  {
    ...waiting,
    name: 'a question that expires as a yes',
    asks: { after: 1, rule: { expiresAfterMs: 6_000, onExpiry: 'approve', escalateAfterMs: 0 } },
    faults: ['approve', 'reject', 'crash', 'slow'],
    budget: 2,
  },
  {
    ...waiting,
    name: 'a question that parks its run, and is asked again',
    asks: { after: 1, rule: { expiresAfterMs: 6_000, onExpiry: 'park', escalateAfterMs: 3_000 } },
    faults: ['approve', 'replay', 'crash'],
    budget: 2,
  },
  {
    ...waiting,
    name: 'a person ends a run that asks',
    writes: 1,
    asks: { after: 0, rule: { expiresAfterMs: 0, onExpiry: 'reject', escalateAfterMs: 0 } },
    faults: ['approve', 'cancel', 'crash'],
    budget: 2,
  },
  {
    ...waiting,
    name: 'a run that waits has a deadline',
    waits: { after: 1, ms: 60_000 },
    policy: { deadlineMs: 9_000 },
    faults: ['crash', 'rouse', 'replay'],
    budget: 2,
  },
  {
    ...waiting,
    name: 'a run that is tried again has a deadline',
    writes: 1,
    poison: 'A',
    policy: { deadlineMs: 5_000 },
    faults: ['crash', 'replay'],
    budget: 1,
  },
  {
    ...waiting,
    name: 'a person settles what only a person can',
    writes: 1,
    settle: 'person',
    faults: ['crash', 'lost', 'dropped', 'settle', 'replay'],
    budget: 3,
  },
];
