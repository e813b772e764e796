import { logLine } from './log-line.ts';
import type { Message } from './message.ts';
import type { PackNode } from './pack-node.ts';
import { takeOutUncopyable } from './tell-catch-nodes.ts';
import { isHeardByCompleteNodes, type TrackedNode } from './tracked-node.ts';

/**
 * Ends a message that has gone well: Node-RED hands a copy of it to each Complete node. Copying ends the whole process where something in the message
 * cannot be copied, which is therefore left out.
 */
export function tellCompleteNodes(base: PackNode, message: Message, done: () => void): void {
  try {
    const dropped = isHeardByCompleteNodes(base.node as unknown as TrackedNode) ? takeOutUncopyable(base, message) : '';
    if (dropped) logLine(base.node, 'warn', `A message goes to the Complete nodes without ${dropped}, which cannot be copied.`);
    done();
  } catch {
    // nothing may be taken out of a frozen message
    logLine(base.node, 'error', `${base.node.type}: a message could not be handed to the Complete nodes, for it cannot be copied`);
  }
}
