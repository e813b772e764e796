import type { Fault } from './scenario.ts';

export const one = [{ id: 'A', key: 'k' }];
export const sameKey = [
  { id: 'A', key: 'k' },
  { id: 'B', key: 'k' },
];
export const twoKeys = [
  { id: 'A', key: 'k' },
  { id: 'B', key: 'm' },
];
export const three = [
  { id: 'A', key: 'k' },
  { id: 'B', key: 'k' },
  { id: 'C', key: 'm' },
];
export const wire: Fault[] = ['crash', 'lost', 'dropped'];
export const probed = { settle: 'probe', shape: 'chain', writes: 1 } as const;
