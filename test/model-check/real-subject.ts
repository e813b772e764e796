import { Approvals } from '../../engine/approvals.ts';
import { Engine } from '../../engine/engine.ts';
import { memoryPlace } from './memory-place.ts';
import type { Subject } from './world.ts';

/** The engine as it is. */
export const realEngine: Subject = { Engine, Approvals, place: memoryPlace };
