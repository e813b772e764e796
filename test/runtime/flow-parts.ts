import type { FlowNode } from './live-node-red.ts';

/** Parts of flows as the editor saves them. `tab()` holds them; the run begins at `entry`, and `sink` tells what arrived. */
export const tab = (id = 'tab'): FlowNode => ({ id, type: 'tab', label: id });
export const policy = (more: object = {}): FlowNode => ({ id: 'policy', type: 'run-policy', name: '', firstDelaySeconds: 0.05, ...more });

/** An action node that changes nothing: a message from outside becomes a run here. */
export const entry = (to: string, more: object = {}): FlowNode =>
  node('entry', 'canonical-map', [[to]], { expression: 'payload', policy: 'policy', ...more });
export const sink = (id = 'sink', more: object = {}): FlowNode => node(id, 'test-sink', [], more);
export const func = (id: string, code: string, wires: string[][], more: object = {}): FlowNode =>
  node(id, 'function', wires, { func: code, outputs: wires.length, initialize: '', finalize: '', libs: [], timeout: 0, ...more });

/** A connection to a system whose settings are in the environment, by the prefix of the template flows. */
export const connection = (id: string, system: 'salesforce' | 'netsuite' | 'kantata', more: object = {}): FlowNode => ({
  ...{ id, type: 'system-connection', name: id.toUpperCase(), system, [`${system}Environment`]: system.toUpperCase() },
  ...more,
});

export function node(id: string, type: string, wires: string[][], more: object = {}): FlowNode {
  return { id, type, z: 'tab', name: '', x: 100, y: 100, wires, ...more };
}
