import { createHash } from 'node:crypto';
import type { Json } from '../model/json.ts';
import { obstacleIn } from '../model/storable.ts';

/**
 * Flows as they are kept with the runs that passed through them, without credentials. A flow file may be anything: of a node that cannot be kept there is what
 * identifies it and why it is not there.
 */
export function storableFlows(flows: Record<string, unknown>[]): Json {
  return flows.map(({ credentials: _secret, ...node }) => {
    const obstacle = obstacleIn(node, 'node', 'message');
    if (!obstacle) return node as Json;
    const { id, type, z } = node;
    const text = (value: unknown) => (typeof value === 'string' && value.length < 200 ? value : '');
    return { id: text(id), type: text(type), z: text(z), notKept: `${obstacle.field} ${obstacle.is}`, was: hashOf(node) };
  });
}

/** So that a change of such a node is a new revision, where its JSON can be written at all. */
function hashOf(node: unknown): string {
  try {
    return createHash('sha256').update(JSON.stringify(node)).digest('hex');
  } catch {
    return '';
  }
}
