import type { Revisions } from '../../../engine/store/revisions.ts';
import { MemoryConnection } from './connection.ts';

/** Nobody reads flows as they were deployed here. */
export abstract class MemoryRevisions extends MemoryConnection implements Revisions {
  async saveRevision(): Promise<void> {}
}
