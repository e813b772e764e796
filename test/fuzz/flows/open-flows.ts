import { addressOf, type FlowNode, type Lane, node, policyFields } from './flow-node.ts';

/** The Node-RED that is open to all: something to replay, and room for one node whose settings are at their edges. */
export function openFlows(own: Lane, edge?: FlowNode): FlowNode[] {
  const z = 'open';
  return [
    { id: z, type: 'tab', label: 'Open' },
    { id: 'fuzz-policy', type: 'run-policy', name: 'Fuzz', ...policyFields },
    ...(['salesforce', 'netsuite', 'kantata'] as const).map((system): FlowNode => {
      const name = `to ${system}`;
      return { id: system, type: 'system-connection', name, system, [`${system}Environment`]: system.toUpperCase(), ...addressOf(system, own) };
    }),
    node(z, 'map', 'canonical-map', [['open-check']], { contract: 'none', preset: 'custom', expression: 'payload' }),
    node(z, 'open-check', 'contract-check', [['open-heard']], { contract: 'engagement' }),
    node(z, 'open-heard', 'fuzz-listener', []),
    node(z, 'open-catch', 'catch', [['open-heard']], { scope: null, uncaught: false }),
    ...(edge ? edgeNodes(z, edge) : []),
  ];
}

/** The node itself, or for a configuration node one that uses it; it takes messages as `edge-user`. */
function edgeNodes(z: string, edge: FlowNode): FlowNode[] {
  const wires = [['open-heard'], ['open-heard'], ['open-heard'], ['open-heard']];
  const user: Record<string, FlowNode> = {
    'run-policy': node(z, 'edge-user', 'contract-check', [[]], { contract: 'engagement', policy: 'edge' }),
    // of the version before
    'psa-connection': node(z, 'edge-user', 'psa-project', [[]], { connection: 'edge' }),
    'system-connection': node(z, 'edge-user', 'erp-post-timesheet', [[], []], { connection: 'edge', batchSize: 1, batchSeconds: 0 }),
  };
  const using = user[edge.type];
  if (using) return [{ name: 'at its edges', ...edge, id: 'edge' }, using];
  return [node(z, 'edge-user', edge.type, wires, { connection: 'netsuite', ...edge, id: 'edge-user', wires })];
}
