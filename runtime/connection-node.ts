import type { NodeAPI } from 'node-red';
import { connectionDeclaration, formerConnectionDeclaration } from '../connectors/connection-declaration.ts';
import { guardedConnector } from '../connectors/guarded-connector.ts';
import { Circuit } from '../connectors/http/circuit.ts';
import { systems } from '../connectors/systems.ts';
import { credentialTypes } from '../declarations/credential-types.ts';
import { areasOf } from '../declarations/system.ts';
import { Pace } from '../engine/pace.ts';
import { Failure } from '../model/failure.ts';
import type { Connector } from '../model/operations.ts';
import { connectionValues, systemIn, systemNamed } from './connection-values.ts';
import { knowSecrets } from './known-connection-secrets.ts';
import { type LiveConnection, liveConnections } from './live-connections.ts';
import { logLine } from './log-line.ts';
import { paletteNode } from './pack-node.ts';
import { storedConnection } from './stored-connection.ts';

const declaration = connectionDeclaration();

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
