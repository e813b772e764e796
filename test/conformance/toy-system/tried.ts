import type { TriedSystem } from '../stage.ts';
import { conformance } from './conformance.ts';
import { abaco } from './declaration.ts';
import { facts } from './facts.ts';
import { simulator } from './simulator.ts';

/** What `npm run conformance -- --system test/conformance/toy-system/tried.ts` holds. */
export const tried: TriedSystem = { system: abaco, facts, simulator, data: conformance };
