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
 * back to the version before still has them.
 */
export function storedConnection(RED: NodeAPI, node: Node, config: NodeConfig): Fields {
  const { config: fields, credentials } = current(config, node.credentials ?? {});
  const id = (config as { _alias?: string })._alias ?? node.id; // in a subflow, they are those of the template
  const kept = RED.nodes.getCredentials(id) as Fields | undefined;
  if (kept && hasFormerNames(kept)) {
    const former = config.type === declaration.type ? {} : only(kept, isFormerName);
    void RED.nodes.addCredentials(id, { ...former, ...current(config, kept).credentials, schema: 2 });
  }
  return { ...fields, ...credentials };
}

function current(config: Fields & { type: string }, credentials: Fields): StoredNode {
  const asNow = only(credentials, (name) => names.includes(name));
  const before = only(credentials, isFormerName);
  if (config.type !== declaration.type) {
    const node = upToDate({ type: config.type, config, credentials: before });
    // an older flow has come back after the upgrade: what is stored for it is stored under the new names
    return hasFormerNames(credentials) ? node : { ...node, credentials: asNow };
  }
  // upgraded in the editor before they got their new names: they are those of the type that it had. What was removed since then stays removed.
  const { former } = config;
  const isLate = credentials['schema'] === undefined && typeof former === 'string';
  const renamed = isLate ? upToDate({ type: former, config: {}, credentials: before }).credentials : {};
  return { type: config.type, config, credentials: { ...only(renamed, (name) => names.includes(name)), ...asNow } };
}

const isFormerName = (name: string) => name !== 'schema' && !names.includes(name);

const hasFormerNames = (credentials: Fields) => Object.keys(credentials).some(isFormerName);

const only = (credentials: Readonly<Fields>, which: (name: string) => boolean): Fields =>
  Object.fromEntries(Object.entries(credentials).filter(([name]) => which(name)));
