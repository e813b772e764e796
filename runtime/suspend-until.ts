import type { ActiveRun } from '../engine/active-run.ts';
import type { Words } from '../model/failure-sentence.ts';
import { inEnglish } from '../model/failure-words.ts';
import type { PackNode } from './pack-node.ts';

/** Suspends a run at a node until a moment. What it waits for is stored in English, with the words of every other language. */
export function suspendUntil(base: PackNode, active: ActiveRun, until: number, reason: Words): void {
  active.suspend({ until, node: base.id, reason: inEnglish(reason), reasonWords: reason });
}
