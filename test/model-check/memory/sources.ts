import type { FailingSource, Sources } from '../../../engine/store/sources.ts';
import { MemoryConnection } from './connection.ts';

/** Sources that cannot read. */
export abstract class MemorySources extends MemoryConnection implements Sources {
  async sourceFails(failing: Omit<FailingSource, 'since'>, now: number): Promise<void> {
    const { since = now } = this.disk.failing.get(failing.source) ?? {};
    this.disk.failing.set(failing.source, { ...failing, since });
  }

  async sourceReads(source: string): Promise<void> {
    this.disk.failing.delete(source);
  }

  async failingSources(): Promise<FailingSource[]> {
    return [...this.disk.failing.values()].toSorted((one, other) => (one.source < other.source ? -1 : 1));
  }
}
