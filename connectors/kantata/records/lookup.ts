/**
 * What exists already, for a whole batch: asked once per operation call, on first use, and asked afresh for a record that
 * this call has tried to send, because then the first answer proves nothing any more.
 */
export class Lookup<Found> {
  private readonly load: () => Promise<Map<string, Found>>;
  private readonly tried = new Set<string>();
  private loaded: Promise<Map<string, Found>> | undefined;

  constructor(load: () => Promise<Map<string, Found>>) {
    this.load = load;
  }

  async find(code: string): Promise<Found | undefined> {
    if (this.tried.delete(code)) this.loaded = undefined;
    return (await this.all()).get(code);
  }

  /** All that was found when it was last asked, by code. */
  async all(): Promise<ReadonlyMap<string, Found>> {
    this.loaded ??= this.load();
    const asked = this.loaded;
    try {
      return await asked;
    } catch (error) {
      if (this.loaded === asked) this.loaded = undefined;
      throw error;
    }
  }

  /** To be said before the record is sent. */
  trying(code: string): void {
    this.tried.add(code);
  }
}
