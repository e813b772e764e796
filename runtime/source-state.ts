import type { Failure } from '../model/failure.ts';

/** How a source node does, for whoever looks at the console. */
export interface SourceState {
  type: string;
  name: string;
  /** epoch ms of the last successful read */
  readAt?: number;
  /** events stored since the node was started */
  stored: number;
  /** it reads nothing, or refuses what it is sent: too many of its runs are open */
  backlog?: boolean;
  /** it is sent events, and so has nothing to read; `readAt` is when the last one was stored */
  listens?: true;
  /** requests since the node was started of which nothing was stored: the sender's doing */
  refused?: number;
  failure?: Failure;
}
