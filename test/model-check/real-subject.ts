import { Approvals } from '../../engine/approvals.ts';
import { Engine } from '../../engine/engine.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { memoryPlace } from './memory-place.ts';
import { sqlitePlaces } from './sqlite-place.ts';
import type { Subject } from './world.ts';

/** The engine as it is. */
export const realEngine: Subject = { Engine, Approvals, place: memoryPlace };

/** The engine as it is over the embedded store as it is. */
export async function realEngineOverSqlite(): Promise<{ subject: Subject; remove(): void }> {
  const { place, remove } = await sqlitePlaces(SqliteStore);
  return { subject: { Engine, Approvals, place }, remove };
}
