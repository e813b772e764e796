import { type Load, type LoadOptions, load } from './load.ts';
import type { MeasuredNodeRed } from './node-red.ts';

export interface MeasuredLoad extends Load {
  /** CPU time of the Node-RED process for each message answered, all threads */
  cpuMsEach: number;
  delayP99Ms: number;
}

/** Load, and what it cost the process that took it. */
export async function measuredLoad(nodeRed: MeasuredNodeRed, options: LoadOptions): Promise<MeasuredLoad> {
  const before = await nodeRed.sample('reset');
  const measured = await load(options);
  const after = await nodeRed.sample();
  return { ...measured, cpuMsEach: (after.cpuMs - before.cpuMs) / measured.answered, delayP99Ms: after.delayMs.p99 };
}
