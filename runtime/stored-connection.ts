import type { Node, NodeAPI } from 'node-red';
import { connectionDeclaration } from '../connectors/connection-declaration.ts';
import { isCredential } from '../declarations/node-declaration.ts';
import type { StoredNode } from '../declarations/migrations/stored-node.ts';
import { upToDate } from '../declarations/migrations/up-to-date.ts';
import type { NodeConfig } from './pack-node.ts';

type Fields = Record<string, unknown>;

const declaration = connectionDeclaration();
const names = declaration.fields.filter(isCredential).map(({ name }) => name);

/**
 * A connection node as this version has it, whatever version its flow is of: it works at once. What Node-RED keeps as its credentials gets its new
 * names too, so that the editor, which upgrades the node itself, finds them there. While the node is of its former type both are kept: whoever goes
 * back to the version before still has them, and a deploy by file may bring others.
 */
export function storedConnection(RED: NodeAPI, node: Node, config: NodeConfig): Fields {
  const own = (node.credentials ?? {}) as Fields;
  const { config: fields, credentials } = current(config, own);
  const id = (config as { _alias?: string })._alias ?? node.id; // in a subflow, they are those of the template
  const kept = RED.nodes.getCredentials(id) as Fields | undefined;
  if (kept && (node.type !== declaration.type || isOfBefore(kept))) {
    const renewed = { ...onlyNew(current(config, kept).credentials), schema: 2 };
    void RED.nodes.addCredentials(id, node.type === declaration.type ? renewed : { ...kept, ...renewed });
  }
  return { ...fields, ...onlyNew(credentials) };
}

/** Credentials of a node that was upgraded in the editor can still have the names of before: they are those of the type that it had. */
function current(config: Fields & { type: string }, credentials: Fields): StoredNode {
  const node = upToDate({ type: config.type, config, credentials });
  const former = config['former'];
  if (config.type !== declaration.type || typeof former !== 'string' || former === '' || !isOfBefore(credentials)) return node;
  const { credentials: renamed } = upToDate({ type: former, config: {}, credentials });
  return { ...node, credentials: { ...renamed, ...onlyNew(credentials) } };
}

/** Whether they were stored before their names were new; once they are, what was removed since stays removed. */
const isOfBefore = (credentials: Fields) =>
  credentials['schema'] === undefined && Object.keys(credentials).some((name) => !names.includes(name));

const onlyNew = (credentials: Readonly<Fields>) => Object.fromEntries(Object.entries(credentials).filter(([name]) => names.includes(name)));
