import type { NodeAPI } from 'node-red';
import { connectionDeclaration, formerConnectionDeclaration } from '../connectors/connection-declaration.ts';
import { systems } from '../connectors/systems.ts';
import { Pace } from '../engine/pace.ts';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import { knownSecrets } from '../model/known-secrets.ts';
import type { Connector } from '../model/operations.ts';
import { isTellable } from '../model/secret-forms.ts';
import { credentialTypes } from '../declarations/credential-types.ts';
import { declaredDefaults } from '../declarations/declared-defaults.ts';
import { environmentVariable } from '../declarations/environment-variable.ts';
import { environmentFieldOf, plainName } from '../declarations/field-of-system.ts';
import { conditionsOf, type Field, isSecret, type NodeDeclaration } from '../declarations/node-declaration.ts';
import type { OperationId, SystemArea } from '../declarations/operations.ts';
import { areasOf, type ConnectionValues, type SystemDeclaration } from '../declarations/system.ts';
import { Circuit } from '../connectors/http/circuit.ts';
import { guardedConnector } from '../connectors/guarded-connector.ts';
import { logLine } from './log-line.ts';
import { paletteNode } from './pack-node.ts';
import { storedConnection } from './stored-connection.ts';

/** A live connection node, for the console's health view. */
export interface LiveConnection {
  id: string;
  name: string;
  type: string;
  /** all that its system is for the firm */
  areas: readonly SystemArea[];
  /** what its system does */
  does: readonly OperationId[];
  system: string;
  connector(): Connector;
  circuit: Circuit;
  pace: Pace;
  /** its fields as deployed, credentials among them: never answered, nor logged */
  deployed: Readonly<Record<string, unknown>>;
}

export const liveConnections = new Map<string, LiveConnection>();

const declaration = connectionDeclaration();
const standardSystem = textOf(declaredDefaults(declaration)['system']);

/**
 * A configuration node that holds one system's address and credentials: one login, one limiter and one circuit for all nodes that use it, whatever
 * they do there. Nodes of the types before are the same, by their former fields.
 */
export function connectionNode(type: string): (RED: NodeAPI) => void {
  const own = type === declaration.type ? declaration : formerConnectionDeclaration(type);
  return paletteNode(
    own,
    ({ RED, node, config, pack }) => {
      const settings = storedConnection(RED, node, config);
      const system = systemNamed(settings);
      const forget = knowSecrets(declaration, settings, process.env, (line) => logLine(node, 'warn', line));
      let made: Connector | undefined;
      const circuit = new Circuit(config.name || system, pack.clock);
      const found = systems.find(({ name }) => name === system);
      const live: LiveConnection = {
        id: node.id,
        name: config.name || system,
        type,
        areas: found ? areasOf(found) : [],
        does: found?.does ?? [],
        system,
        circuit,
        pace: new Pace(pack.clock),
        deployed: settings,
        connector() {
          made ??= guardedConnector(
            systemIn(system).connect(connectionValues(declaration, settings, process.env), pack.engine.store),
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
    { credentials: credentialTypes(own) },
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
  const secrets = chosenFields(declaration, settings).flatMap((field) => {
    const name = plainName(field);
    const secret = isSecret(field) ? values[name]?.trim() : undefined;
    return secret ? [{ name, secret }] : [];
  });
  for (const { name } of secrets.filter(({ secret }) => !isTellable(secret))) {
    warn(
      `The secret "${name}" is too short or too plain a word: should a system repeat it, it cannot be told from ordinary text and removed. Choose one of 16 signs or more.`,
    );
  }
  return knownSecrets.learnAll(secrets.map(({ secret }) => secret));
}

/** The name of the system that the form has chosen. */
export function systemNamed(settings: Record<string, unknown>): string {
  return textOf(settings['system']) || standardSystem;
}

/** The system of that name; throws a Failure when there is none. */
export function systemIn(name: string): SystemDeclaration {
  const found = systems.find((system) => system.name === name);
  if (found) return found;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('SYSTEM_UNKNOWN', { name, systems: systems.map((system) => system.name).join(', ') }),
    field: 'system',
    value: name,
  });
}

/** A field as text: what the form has, else what the environment has under its prefix. */
export function effectiveValue(field: Field, settings: Record<string, unknown>, environment: NodeJS.ProcessEnv = process.env): string {
  const prefix = textOf(settings[environmentFieldOf(field)]);
  return textOf(settings[field.name]) || (prefix ? (environment[environmentVariable(prefix, plainName(field))] ?? '') : '');
}

/** What is no text, number or choice is no setting of ours, whatever it says of itself: its JSON is refused by what needs the field. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
}

/** The fields that count for the chosen system; all of them where a node has none to choose. */
export function chosenFields({ fields }: NodeDeclaration, settings: Record<string, unknown>): Field[] {
  const system = systemNamed(settings);
  return fields.filter(({ of }) => of === undefined || of.system === system);
}

/**
 * Each field's value, by the plain name that its system knows it by: the one place where the names of the form are left behind. Fields of another
 * system, or of another sign-in, are left out.
 */
export function connectionValues(
  declaration: NodeDeclaration,
  settings: Record<string, unknown>,
  environment: NodeJS.ProcessEnv,
): ConnectionValues {
  const fields = chosenFields(declaration, settings);
  const value = (name: string): string => {
    const field = fields.find((one) => one.name === name);
    return name === 'system' ? systemNamed(settings) : field ? effectiveValue(field, settings, environment) : '';
  };
  const applies = (field: Field) => conditionsOf(field).every(({ field: other, is }) => is.includes(value(other)));
  const values: Record<string, string> = {};
  for (const field of fields) {
    const name = plainName(field);
    if (notOfTheSystem.has(name) || field.kind === 'hidden' || !applies(field)) continue;
    const text = value(field.name);
    // a key in an environment variable or a one-line field has its line breaks written out
    if (text) values[name] = field.kind === 'multiline-secret' ? text.replaceAll('\\n', '\n') : text;
  }
  return values;
}

const notOfTheSystem: ReadonlySet<string> = new Set(['name', 'system', 'environment']);
