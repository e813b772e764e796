import type { RunId } from './store/runs.ts';

/** So many of the last runs are remembered, and up to twice as many. */
const atLeast = 10_000;

/** How runs ended in this process: for messages that come late, and for a store that could not take it at once. */
export class Endings {
  /** a message that comes after is refused when its run was given back, and starts anew when it was done */
  private recent = new Map<RunId, 'done' | 'over'>();
  /** those before: forgotten together, as taking the oldest out of a large map one by one walks over all that were taken before */
  private earlier = new Map<RunId, 'done' | 'over'>();
  private readonly unsaved = new Map<RunId, { store: () => Promise<boolean>; ended: () => void }>();

  remember(run: RunId, how: 'done' | 'over'): void {
    if (this.recent.size >= atLeast) [this.earlier, this.recent] = [this.recent, new Map()];
    this.recent.set(run, how);
  }

  lately(run: RunId): 'done' | 'over' | undefined {
    return this.recent.get(run) ?? this.earlier.get(run);
  }

  /** The store could not take it: `store` is tried again when it works. */
  keep(run: RunId, store: () => Promise<boolean>, ended: () => void): void {
    this.unsaved.set(run, { store, ended });
  }

  /** Tells the store what it could not take. */
  async save(guard: (work: Promise<boolean>) => Promise<boolean>): Promise<void> {
    for (const [run, { store, ended }] of this.unsaved) {
      await guard(store());
      this.unsaved.delete(run);
      ended();
    }
  }
}
