import type { RunId } from './runs.ts';

/** What an instance learns when it reports that it is alive. */
export interface Heartbeat {
  /** the store's clock, epoch ms: what instances whose clocks differ agree on; absent when the store has none of its own */
  at?: number;
  /** it was silent for so long that its runs and leases were given to others; it goes on as a new one */
  lost: boolean;
  /** runs of instances that fell silent, ready again now */
  takenOver: number;
  /** there are runs that may be what makes instances die */
  suspects: boolean;
  /** this instance's place among those alive, from 0 on, and how many they are */
  place: number;
  alive: number;
  /** when to report again; absent = never, the store belongs to this process for as long as it is open */
  nextBeatMs?: number;
}

/** What lets several instances work over one store. The embedded store has none of it: the lock on its file makes it one process's. */
export interface Instances {
  /** Renews this instance's lease and makes the runs of instances whose lease ran out ready again. */
  heartbeat(now: number): Promise<Heartbeat>;
  /** Makes runs ready again that this instance claimed but does not know of (the store's answer was lost); `active` are under way. */
  reclaim(active: RunId[], now: number): Promise<number>;
  /** The fencing token under which this instance alone may read the source; undefined while another one does. */
  lease(source: string): Promise<number | undefined>;
  /** Lets others read the source. */
  unlease(source: string): Promise<void>;
  /** Calls back when another instance has stored or given back runs, or the store can be reached again; the answer stops that. */
  onWake(listener: () => void): () => void;
}
