import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { templateFlows } from '../../../scripts/start/user-dir.ts';
import { apiNodes } from './api-nodes.ts';
import { eventNodes } from './event-nodes.ts';
import { addressOf, type FlowNode, type Lane, policyFields } from './flow-node.ts';
import { laneNodes } from './lane-nodes.ts';
import { messageNodes } from './message-nodes.ts';

/** Every palette node: the templates, what takes events, what takes messages, and lanes whose systems answer as they are told. */
export function fuzzFlows(own: Lane, lanes: Lane[]): FlowNode[] {
  return [...templates(own), ...eventNodes(), ...apiNodes(), ...messageNodes(), ...lanes.flatMap((lane, index) => laneNodes(lane, `lane${index}`))];
}

/** The template flows as they are, but for their sources, which would read what the lanes write. */
function templates(own: Lane): FlowNode[] {
  const file = (name: string) =>
    JSON.parse(readFileSync(fileURLToPath(new URL(`../../../flows/${name}.json`, import.meta.url)), 'utf8')) as FlowNode[];
  const nodes = new Map<string, FlowNode>();
  for (const each of [
    ...templateFlows({ batchSeconds: 0.2, intervalSeconds: 3_600 }),
    ...file('approved-time-by-webhook'),
    ...file('approved-and-compensated'),
  ]) {
    nodes.set(each.id, {
      ...each,
      ...('batchSeconds' in each ? { batchSeconds: 0.2 } : {}),
      ...('intervalSeconds' in each ? { intervalSeconds: 3_600 } : {}),
    });
  }
  for (const each of nodes.values()) {
    if (each.type === 'run-policy') Object.assign(each, policyFields);
    if (each.type.endsWith('-connection')) Object.assign(each, addressOf(each['system'] as keyof Lane, own), { kantataSettleAfterMs: 100 });
  }
  return [...nodes.values()];
}
