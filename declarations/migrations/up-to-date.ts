import { oneConnectionNode } from './one-connection-node.ts';
import type { Migration, StoredNode } from './stored-node.ts';

/** All steps, oldest first. */
export const migrations: readonly Migration[] = [oneConnectionNode];

/** The node as this version of the pack has it: by all steps that there are from its version on. The same object when it is up to date. */
export function upToDate(node: StoredNode): StoredNode {
  const next = migrations.find(({ types, from }) => from === schemaOf(node) && types.includes(node.type));
  return next ? upToDate(next.migrate(node)) : node;
}

/** The version of a node's configuration. */
function schemaOf({ config }: StoredNode): number {
  return Number(config['schema'] ?? 1);
}
