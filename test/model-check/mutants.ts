import { deathMutants } from './death-mutants.ts';
import type { Mutant } from './mutant.ts';
import { undoMutants } from './undo-mutants.ts';
import { versionMutants } from './version-mutants.ts';
import { waitMutants } from './wait-mutants.ts';
import { writeMutants } from './write-mutants.ts';

/** All seeded bugs. */
export const mutants: Mutant[] = [...writeMutants, ...undoMutants, ...waitMutants, ...deathMutants, ...versionMutants];
