import type { JsonClient } from './json-client.ts';
import type { FlowDirectory } from './host.ts';

interface FlowNode {
  id: string;
  type: string;
  name?: string;
  label?: string;
  [field: string]: unknown;
}

/** Names as they are deployed, from Node-RED's own admin API: https://nodered.org/docs/api/admin/methods/get/flows/ */
export function pageFlows(api: JsonClient): FlowDirectory {
  let nodes = new Map<string, FlowNode>();
  return {
    nodeName(id) {
      const node = nodes.get(id);
      return node ? node.name || node.label || node.type : undefined;
    },
    flowName: (id) => nodes.get(id)?.label ?? nodes.get(id)?.name,
    async load() {
      const answer = await api.get<unknown>('flows');
      const list = Array.isArray(answer) ? answer : (answer as { flows?: unknown[] } | null)?.flows;
      nodes = new Map((list ?? []).filter(isNode).map((node) => [node.id, node]));
    },
  };
}

function isNode(value: unknown): value is FlowNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as FlowNode).id === 'string' &&
    typeof (value as FlowNode).type === 'string'
  );
}
