import { templateFlows } from '../../../scripts/start/user-dir.ts';
import type { FlowNode } from '../mortal-node-red.ts';

/** Template flows as they are imported, in a hurry: their sources ask often, and an outage does not use up the attempts of their policies. */
export const hurriedTemplates = (...files: string[]): FlowNode[] =>
  templateFlows({ intervalSeconds: 1 }, files).map((node) => {
    if (node.type === 'run-policy') return { ...node, maxAttempts: 100, firstDelaySeconds: 0.2, maxDelaySeconds: 2 };
    return node['system'] === 'kantata' ? { ...node, kantataSettleAfterMs: 200 } : node;
  });
