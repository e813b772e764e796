import { nextMessage } from './load.ts';
import type { MeasuredNodeRed } from './node-red.ts';

export interface Pumped {
  perSecond: number;
  /** of the Node-RED process: does not depend on what else the machine does */
  cpuMsEach: number;
}

/** So many messages through the ring of ten nodes: of no run, or of one run whose flow sends them all, so that what is measured is the tracking, not the store. */
export async function pumped(nodeRed: MeasuredNodeRed, messages: number, by: 'no run' | 'by a run' = 'no run'): Promise<Pumped> {
  const before = await nodeRed.sample();
  const ms = await (by === 'no run' ? alone(nodeRed, messages) : inARun(nodeRed, messages));
  const after = await nodeRed.sample();
  return { perSecond: messages / (ms / 1_000), cpuMsEach: (after.cpuMs - before.cpuMs) / messages };
}

const alone = async (nodeRed: MeasuredNodeRed, messages: number) => (await nodeRed.ask<{ ms: number }>(`/pump/${messages}`, 'POST')).ms;

async function inARun(nodeRed: MeasuredNodeRed, messages: number): Promise<number> {
  const done = nodeRed.ask<{ ms: number }>('/pumped', 'POST');
  const accepted = await fetch(`${nodeRed.url}/events`, { method: 'POST', ...nextMessage({ pump: messages }) });
  if (!accepted.ok) throw new Error(`the run was not accepted: ${await accepted.text()}`);
  return (await done).ms;
}
