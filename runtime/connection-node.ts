import type { NodeAPI } from 'node-red';
import { type ConnectionValues, createConnector } from '../connectors/registry.ts';
import { Pace } from '../engine/pace.ts';
import { Failure } from '../model/failure.ts';
import { knownSecrets } from '../model/known-secrets.ts';
import { isTellable } from '../model/secret-forms.ts';
import type { ConnectionTest, Connector, Role } from '../model/operations.ts';
import { credentialTypes } from '../nodes/credential-types.ts';
import { environmentVariable } from '../nodes/environment-variable.ts';
import { conditionsOf, type NodeDeclaration } from '../nodes/node-declaration.ts';
import { Circuit } from './circuit.ts';
import { guardedConnector } from './guarded-connector.ts';
import { logLine } from './log-line.ts';
import { paletteNode } from './pack-node.ts';

/** A live connection node, for the console's health view. */
export interface LiveConnection {
  id: string;
  name: string;
  type: string;
  role: Role;
  system: string;
  connector(): Connector;
  circuit: Circuit;
  pace: Pace;
}

export const liveConnections = new Map<string, LiveConnection>();

/** What can be tested from the editor before it is deployed: the declaration by node type. */
export const connectionTypes = new Map<string, { declaration: NodeDeclaration; role: Role }>();

/** A configuration node that holds one system's address and credentials. */
export function connectionNode(declaration: NodeDeclaration, role: Role): (RED: NodeAPI) => void {
  connectionTypes.set(declaration.type, { declaration, role });
  return paletteNode(
    declaration.type,
    ({ node, config, pack }) => {
      const settings = { ...config, ...(node.credentials as Record<string, unknown>) };
      const system = systemOf(role, settings);
      const forget = knowSecrets(declaration, settings, process.env, (line) => logLine(node, 'warn', line));
      let made: Connector | undefined;
      const circuit = new Circuit(config.name || system, pack.clock);
      const live: LiveConnection = {
        id: node.id,
        name: config.name || system,
        type: declaration.type,
        role,
        system,
        circuit,
        pace: new Pace(pack.clock),
        connector() {
          made ??= guardedConnector(createConnector(role, system, connectionValues(declaration, settings, process.env)), circuit);
          return made;
        },
      };
      Object.assign(node, { connector: () => live.connector() });
      liveConnections.set(node.id, live);
      node.on('close', () => {
        if (liveConnections.get(node.id) === live) liveConnections.delete(node.id);
        void made?.close();
        forget();
      });
    },
    { credentials: credentialTypes(declaration) },
  );
}

/** Tries settings that need not be deployed. `stored` supplies the secrets that the form leaves unchanged. */
export async function testConnection(type: string, settings: Record<string, unknown>, signal: AbortSignal): Promise<ConnectionTest> {
  const known = connectionTypes.get(type);
  if (!known) return { ok: false, message: `There is no connection type "${type}".` };
  try {
    const connector = createConnector(
      known.role,
      systemOf(known.role, settings),
      connectionValues(known.declaration, settings, process.env),
    );
    try {
      return await connector.test(signal);
    } finally {
      await connector.close();
    }
  } catch (error) {
    const failure = Failure.from(error);
    return {
      ok: false,
      message: [failure.message, failure.remedy].filter(Boolean).join(' '),
      ...(failure.field ? { details: { field: failure.field } } : {}),
    };
  }
}

/**
 * Has all secrets of a node's form and environment removed from whatever is stored, logged and answered. One that cannot be told from ordinary text
 * is said: it would be found in data that has nothing to do with it.
 */
export function knowSecrets(
  declaration: NodeDeclaration,
  settings: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): () => void {
  const values = connectionValues(declaration, settings, environment);
  const secrets = declaration.fields.flatMap(({ name, kind }) => {
    const secret = values[name]?.trim();
    return secret && (kind === 'secret' || kind === 'multiline-secret') ? [{ name, secret }] : [];
  });
  for (const { name } of secrets.filter(({ secret }) => !isTellable(secret))) {
    warn(
      `The secret "${name}" is too short or too plain a word: should a system repeat it, it cannot be told from ordinary text and removed. Choose one of 16 signs or more.`,
    );
  }
  return knownSecrets.learnAll(secrets.map(({ secret }) => secret));
}

function systemOf(role: Role, settings: Record<string, unknown>): string {
  return typeof settings['system'] === 'string' && settings['system'] ? settings['system'] : role === 'crm' ? 'salesforce' : '';
}

/** Each field as text: what the form has, else what the environment has under the connection's prefix. Fields of another sign-in are left out. */
export function connectionValues(
  declaration: NodeDeclaration,
  settings: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
): ConnectionValues {
  const prefix = typeof settings['environment'] === 'string' ? settings['environment'].trim() : '';
  const value = (name: string): string => {
    const own = settings[name];
    const text = own === undefined || own === null ? '' : String(own).trim();
    return text || (prefix ? (environment[environmentVariable(prefix, name)] ?? '') : '');
  };
  const applies = (field: NodeDeclaration['fields'][number]) =>
    conditionsOf(field).every(({ field: other, is }) => is.includes(value(other)));
  const values: Record<string, string> = {};
  for (const field of declaration.fields) {
    if (field.name === 'name' || field.name === 'environment' || !applies(field)) continue;
    const text = value(field.name);
    // a key in an environment variable or a one-line field has its line breaks written out
    if (text) values[field.name] = field.kind === 'multiline-secret' ? text.replaceAll('\\n', '\n') : text;
  }
  return values;
}
