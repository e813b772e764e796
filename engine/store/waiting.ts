import type { ApprovalStore } from './approvals.ts';
import type { EffectStore } from './effects.ts';
import type { RunStore } from './runs.ts';

/** The part of a store that runs need which wait for weeks, for a person, or are undone: each store has it in a file of its own. */
export type WaitingStore = ApprovalStore &
  Pick<RunStore, 'suspend' | 'rouse' | 'compensate' | 'compensateFailed' | 'compensated' | 'backlog'> &
  Pick<EffectStore, 'settleEffect' | 'effectCompensated'>;
