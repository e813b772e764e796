import { CachedRead } from '../../kit/cached-read.ts';

/**
 * What is there already, by external id: one reading for all ids of an operation call, made when first needed.
 * The first question about an id is answered from that reading; a later one settles a doubt about a write made since, so it is asked afresh.
 */
export class ExternalIdBook<Found> {
  private readonly read: (ids: readonly string[]) => Promise<Map<string, Found>>;
  private readonly all: CachedRead<Map<string, Found>>;
  private readonly asked = new Set<string>();

  constructor(ids: readonly string[], read: (ids: readonly string[]) => Promise<Map<string, Found>>) {
    this.read = read;
    this.all = new CachedRead(() => read(ids));
  }

  /** What that one reading says: for a look before anything is written. */
  async before(id: string): Promise<Found | undefined> {
    return (await this.all.get()).get(id);
  }

  async find(id: string): Promise<Found | undefined> {
    if (this.asked.has(id)) return (await this.read([id])).get(id);
    this.asked.add(id);
    try {
      return (await this.all.get()).get(id);
    } catch (error) {
      this.asked.delete(id);
      throw error;
    }
  }
}
