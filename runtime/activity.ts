import type { NodeAPI } from 'node-red';
import type { Pack } from './pack.ts';

/**
 * Tells open editors and consoles which nodes hold messages of runs, so that they light up, and that something of what they show has changed. At
 * most four times a second, ids and counts only: every editor receives it.
 */
export function publishActivity(RED: NodeAPI, pack: Pack): void {
  const comms = (RED as unknown as { comms: { publish(topic: string, data: unknown, retain?: boolean): void } }).comms;
  let waiting = false;
  let last = '';
  const publish = () => {
    waiting = false;
    const nodes: Record<string, number> = {};
    for (const active of pack.engine.active.values()) for (const node of active.at()) nodes[node] = (nodes[node] ?? 0) + 1;
    const text = JSON.stringify(nodes);
    if (text === '{}' && last === '{}' && !changedRuns) return;
    last = text;
    changedRuns = false;
    comms.publish('ps-connect/activity', { nodes, ready: pack.ready });
  };
  let changedRuns = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    pack.clock.after(250, publish);
  };
  pack.engine.on('changed', soon);
  for (const event of ['accepted', 'ended', 'storeFailed', 'news'] as const) {
    pack.engine.on(event, () => {
      changedRuns = true;
      soon();
    });
  }
  pack.onChange(() => {
    changedRuns = true;
    soon();
  });
}
