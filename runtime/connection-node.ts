import type { NodeAPI } from 'node-red';
import { connectionDeclaration, systemsOfConnection } from '../connectors/connection-declaration.ts';
import { Pace } from '../engine/pace.ts';
import { Failure } from '../model/failure.ts';
import { knownSecrets } from '../model/known-secrets.ts';
import type { Connector } from '../model/operations.ts';
import { isTellable } from '../model/secret-forms.ts';
import type { Area } from '../declarations/area.ts';
import { credentialTypes } from '../declarations/credential-types.ts';
import { environmentVariable } from '../declarations/environment-variable.ts';
import { conditionsOf, type NodeDeclaration } from '../declarations/node-declaration.ts';
import type { ConnectionValues, SystemDeclaration } from '../declarations/system.ts';
import { Circuit } from '../connectors/http/circuit.ts';
import { guardedConnector } from '../connectors/guarded-connector.ts';
import { logLine } from './log-line.ts';
import { paletteNode } from './pack-node.ts';

/** A live connection node, for the console's health view. */
export interface LiveConnection {
  id: string;
  name: string;
  type: string;
  area: Area;
  system: string;
  connector(): Connector;
  circuit: Circuit;
  pace: Pace;
  /** its fields as deployed, credentials among them: never answered, nor logged */
  deployed: Readonly<Record<string, unknown>>;
}

export const liveConnections = new Map<string, LiveConnection>();

/** What can be tested from the editor before it is deployed: the declaration by node type. */
export const connectionDeclarations = new Map<string, NodeDeclaration>();

/** A configuration node that holds one system's address and credentials. */
export function connectionNode(type: string): (RED: NodeAPI) => void {
  const declaration = connectionDeclaration(type);
  connectionDeclarations.set(type, declaration);
  return paletteNode(
    declaration,
    ({ node, config, pack }) => {
      const settings = { ...config, ...(node.credentials as Record<string, unknown>) };
      const system = systemNamed(type, settings);
      const forget = knowSecrets(declaration, settings, process.env, (line) => logLine(node, 'warn', line));
      let made: Connector | undefined;
      const circuit = new Circuit(config.name || system, pack.clock);
      const live: LiveConnection = {
        id: node.id,
        name: config.name || system,
        type,
        area: declaration.area,
        system,
        circuit,
        pace: new Pace(pack.clock),
        deployed: settings,
        connector() {
          made ??= guardedConnector(
            systemIn(type, system).connect(connectionValues(declaration, settings, process.env), pack.engine.store),
            circuit,
          );
          return made;
        },
      };
      Object.assign(node, { connector: () => live.connector() });
      liveConnections.set(node.id, live);
      node.on('close', (removed: boolean, done: () => void) => {
        if (liveConnections.get(node.id) === live) liveConnections.delete(node.id);
        const forgotten = removed ? forgetKept(live) : Promise.resolve();
        void forgotten
          .catch((error: unknown) => logLine(node, 'warn', Failure.from(error).message))
          .then(() => {
            void made?.close();
            forget();
            done();
          });
      });
    },
    { credentials: credentialTypes(declaration) },
  );
}

/** The connection is deleted. One that could not even be made has nothing kept. */
async function forgetKept(live: LiveConnection): Promise<void> {
  let connector: Connector;
  try {
    connector = live.connector();
  } catch {
    return;
  }
  await connector.forgetKept?.();
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

/** The name of the system that the form has chosen. */
export function systemNamed(type: string, settings: Record<string, unknown>): string {
  return textOf(settings['system']) || (systemsOfConnection(type)[0]?.name ?? '');
}

/** The system of that name; throws a Failure when a connection of this type is not for it. */
export function systemIn(type: string, name: string): SystemDeclaration {
  const known = systemsOfConnection(type);
  const found = known.find((system) => system.name === name);
  if (found) return found;
  throw new Failure({
    class: 'contract.invalid',
    code: 'SYSTEM_UNKNOWN',
    message: `There is no system "${name}" for ${type}.`,
    field: 'system',
    value: name,
    remedy: `Choose one of ${known.map((system) => system.name).join(', ')}.`,
  });
}

/** A field as text: what the form has, else what the environment has under the connection's prefix. */
export function effectiveValue(settings: Record<string, unknown>, name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const prefix = textOf(settings['environment']);
  return textOf(settings[name]) || (prefix ? (environment[environmentVariable(prefix, name)] ?? '') : '');
}

export function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value).trim();
}

/** Each field's value. Fields of another sign-in are left out. */
export function connectionValues(
  declaration: NodeDeclaration,
  settings: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
): ConnectionValues {
  const value = (name: string): string => effectiveValue(settings, name, environment);
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
