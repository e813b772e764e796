import type { Standing } from '../engine/store/runs.ts';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';

/** What is open at a node now. */
export interface OpenAt {
  /** dead letters that it has made */
  dead: number;
  /** runs that wait there: for a person, for a moment, or to be tried again */
  waiting: number;
}

/** Whose runs they are. */
interface House {
  engine: Engine;
  clock: Clock;
  readonly ready: boolean;
  onChange(listener: () => void): () => void;
}

type Listener = (standing: readonly Standing[]) => void;

/** Told of soon after it changed; a look takes two per cent of the store's time at most, however much is open. */
const soonestMs = 500;
const restFactor = 50;
/** also when the clock was set forward meanwhile */
const longestRestMs = 30_000;
/** where others work on the same store: what they do is not heard of */
const sharedMs = 10_000;

/**
 * What is open at each node, asked of the store: so it is the same after a deploy or a restart, and falls when a person has
 * dealt with it. Asks only while somebody listens.
 */
export class OpenRunsAt {
  private readonly house: House;
  private readonly listeners = new Set<Listener>();
  private readonly counting = new Set<() => void>();
  private looking = false;
  private again = false;
  private cancelShared: (() => void) | undefined;

  constructor(house: House) {
    this.house = house;
    const look = () => this.look();
    for (const event of ['accepted', 'ended', 'changed'] as const) house.engine.on(event, look);
    house.onChange(look);
  }

  /** Calls back soon, when the flows run, and whenever it may have changed; the answer stops that. */
  watch(listener: Listener): () => void {
    return this.added(this.listeners, listener);
  }

  /** The same for who counts its own: nothing is asked of the store for it. */
  changed(listener: () => void): () => void {
    return this.added(this.counting, listener);
  }

  private added<L>(listeners: Set<L>, listener: L): () => void {
    listeners.add(listener);
    this.look();
    return () => listeners.delete(listener);
  }

  private look(): void {
    this.again = true;
    if (this.looking || this.listeners.size + this.counting.size === 0 || !this.house.ready) return;
    this.looking = true;
    this.house.clock.after(soonestMs, () => void this.ask());
  }

  private async ask(): Promise<void> {
    const { clock, engine } = this.house;
    const begun = clock.now();
    this.again = false;
    try {
      if (this.house.ready) {
        for (const listener of this.counting) listener();
        const standing = this.listeners.size > 0 ? await engine.store.standing() : [];
        for (const listener of this.listeners) listener(standing);
      }
    } catch {
      // the store is in trouble, which is said elsewhere; asked again when it is back
    }
    this.cancelShared?.();
    if (engine.instances) this.cancelShared = clock.after(sharedMs, () => this.look());
    const restMs = Math.min(Math.max(0, clock.now() - begun) * restFactor, longestRestMs);
    clock.after(restMs, () => {
      this.looking = false;
      if (this.again) this.look();
    });
  }
}

export function openAt(standing: readonly Standing[], node: string): OpenAt {
  const runs = (status: Standing['status']) =>
    standing.reduce((sum, one) => (one.status === status && one.node === node ? sum + one.runs : sum), 0);
  return { dead: runs('dead'), waiting: runs('waiting') };
}
