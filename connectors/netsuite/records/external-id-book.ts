/**
 * What is there already, by external id: one reading for all ids of an operation call, made when first needed.
 * The first question about an id is answered from that reading; a later one settles a doubt about a write made since, so it is asked afresh.
 */
export class ExternalIdBook<Found> {
  private readonly ids: readonly string[];
  private readonly read: (ids: readonly string[]) => Promise<Map<string, Found>>;
  private reading: Promise<Map<string, Found>> | undefined;
  private readonly asked = new Set<string>();

  constructor(ids: readonly string[], read: (ids: readonly string[]) => Promise<Map<string, Found>>) {
    this.ids = ids;
    this.read = read;
  }

  /** What that one reading says: for a look before anything is written. */
  async before(id: string): Promise<Found | undefined> {
    return (await this.all()).get(id);
  }

  async find(id: string): Promise<Found | undefined> {
    if (this.asked.has(id)) return (await this.read([id])).get(id);
    this.asked.add(id);
    try {
      return (await this.all()).get(id);
    } catch (error) {
      this.asked.delete(id);
      throw error;
    }
  }

  private all(): Promise<Map<string, Found>> {
    this.reading ??= this.read(this.ids).catch((error: unknown) => {
      this.reading = undefined;
      throw error;
    });
    return this.reading;
  }
}
