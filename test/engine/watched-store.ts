import type { Store } from '../../engine/store.ts';

/** A process's view of a store: it can die, and its calls are counted so that a test knows when all is quiet. */
export interface WatchedStore {
  store: Store;
  /** grows with every call and every answer */
  readonly moves: number;
  /** from now on nothing that this process asks for happens, and no answer reaches it */
  die(): void;
}

export interface Watching {
  /** called before each call; what it throws is the answer */
  before?(method: keyof Store): void;
  /** turns of the event loop before a call gets through, by which a dying process may lose it */
  delay?(): number;
}

export function watchStore(inner: Store, { before, delay }: Watching = {}): WatchedStore {
  let moves = 0;
  let dead = false;
  const never = new Promise<never>(() => undefined);
  const call = async (method: keyof Store, values: unknown[]): Promise<unknown> => {
    moves++;
    for (let turns = delay?.() ?? 0; turns > 0 && !dead; turns--) await turn();
    if (dead) return never;
    before?.(method);
    const answer = await (inner[method] as (...values: unknown[]) => Promise<unknown>).apply(inner, values);
    moves++;
    return dead ? never : answer;
  };
  return {
    store: new Proxy(inner, {
      get:
        (_inner, method) =>
        (...values: unknown[]) =>
          call(method as keyof Store, values),
    }),
    get moves() {
      return moves;
    },
    die() {
      dead = true;
    },
  };
}

export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Waits until nothing has moved for some turns of the event loop. */
export async function quiet(moves: () => number): Promise<void> {
  for (let still = 0, seen = moves(); still < 5;) {
    await turn();
    if (moves() === seen) still++;
    else still = 0;
    seen = moves();
  }
}
