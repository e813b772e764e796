import { CachedRead } from '../../kit/cached-read.ts';

/**
 * What exists already, for a whole batch: asked once per operation call, on first use, and asked afresh for a record that
 * this call has tried to send, because then the first answer proves nothing any more.
 */
export class Lookup<Found> {
  private readonly loaded: CachedRead<Map<string, Found>>;
  private readonly tried = new Set<string>();

  constructor(load: () => Promise<Map<string, Found>>) {
    this.loaded = new CachedRead(load);
  }

  async find(code: string): Promise<Found | undefined> {
    return (await this.loaded.get(this.tried.delete(code))).get(code);
  }

  /** All that was found when it was last asked, by code. */
  all(): Promise<ReadonlyMap<string, Found>> {
    return this.loaded.get();
  }

  /** To be said before the record is sent. */
  trying(code: string): void {
    this.tried.add(code);
  }
}
