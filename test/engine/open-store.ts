import type { Store } from '../../engine/store.ts';

/** An open, empty store; `again` closes it and opens the same data anew, at a time. */
export type OpenStore = () => Promise<{ store: Store; again(now?: number): Promise<{ store: Store; recovered: number }> }>;
