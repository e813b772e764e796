import type { Scenario } from './scenario.ts';
import { one, probed, sameKey, wire } from './scenario-parts.ts';

const compensates = { onPermanentFailure: 'compensate' } as const;
const refusedAtTheEnd = { ...probed, events: one, writes: 2, fails: true, undo: { settle: 'probe' }, policy: compensates } as const;

/** Runs whose writes are taken back. */
export const undoScenarios: Scenario[] = [
  { ...refusedAtTheEnd, name: 'a run refused at its end is undone', faults: wire, budget: 1 },
  {
    ...refusedAtTheEnd,
    name: 'a run is undone by an unreliable system',
    faults: [...wire, 'busy', 'refused'],
    faultyUndo: true,
    budget: 2,
  },
  { ...refusedAtTheEnd, name: 'a system that takes nothing back', undo: { settle: 'probe', never: true }, faults: ['crash'], budget: 1 },
  { ...refusedAtTheEnd, name: 'what two nodes wrote is undone', shape: 'nodes', faults: ['crash', 'dropped', 'redeploy'], budget: 1 },
  {
    ...refusedAtTheEnd,
    name: 'an undo that is harmless to repeat',
    undo: { settle: 'repeat' },
    faults: ['crash', 'lost'],
    faultyUndo: true,
    budget: 2,
  },
  {
    ...refusedAtTheEnd,
    name: 'an undo that is carried out late',
    writes: 1,
    settleAfterMs: 4_000,
    faults: ['crash', 'late', 'slow'],
    faultyUndo: true,
    budget: 2,
  },
  {
    ...refusedAtTheEnd,
    name: 'a write that has no inverse',
    undo: { settle: 'probe', impossible: [1] },
    faults: ['crash', 'compensate'],
    budget: 1,
  },
  { ...refusedAtTheEnd, name: 'a write that leaves nothing behind', undo: { settle: 'probe', nothingLeft: [2] }, faults: wire, budget: 1 },
  {
    ...refusedAtTheEnd,
    name: 'an undo leaves alone what had been there before',
    lookFirst: true,
    byHand: ['A#1'],
    faults: wire,
    budget: 2,
  },
  {
    ...refusedAtTheEnd,
    name: 'a branch of the flow undoes',
    undo: { settle: 'probe', by: 'branch' },
    faults: ['crash', 'dropped', 'busy', 'redeploy'],
    faultyUndo: true,
    budget: 1,
  },
  {
    ...refusedAtTheEnd,
    name: 'what is to be undone is in doubt, and a person settles it',
    settle: 'person',
    faults: ['crash', 'lost', 'dropped', 'settle'],
    budget: 2,
  },
  {
    ...refusedAtTheEnd,
    name: 'an undo is in doubt, and a person settles it',
    writes: 1,
    undo: { settle: 'person' },
    faults: ['crash', 'lost', 'dropped', 'settle'],
    faultyUndo: true,
    budget: 2,
  },
  {
    ...probed,
    name: 'a person has runs undone',
    events: sameKey,
    writes: 2,
    undo: { settle: 'probe' },
    faults: ['busy', 'refused', 'compensate', 'crash', 'redeploy'],
    budget: 2,
  },
  {
    ...probed,
    name: 'a person has a run undone that an earlier delivery still writes for',
    events: one,
    undo: { settle: 'probe' },
    faults: ['redeploy', 'compensate'],
    budget: 2,
  },
  { ...refusedAtTheEnd, name: 'a person ends a run that is being undone', faults: ['cancel', 'crash'], budget: 2 },
  {
    ...refusedAtTheEnd,
    name: 'two instances, one of which dies while it undoes',
    writes: 1,
    instances: 2,
    begins: 'running',
    faults: ['crash', 'lost'],
    faultyUndo: true,
    budget: 1,
  },
];
