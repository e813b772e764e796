import type { Node, NodeAPI, NodeDef } from 'node-red';
import { systems } from '../connectors/systems.ts';
import { withDefaults } from '../declarations/declared-defaults.ts';
import type { NodeDeclaration } from '../declarations/node-declaration.ts';
import { type OperationId, operations } from '../declarations/operations.ts';
import { defaultPolicy, type RunPolicy } from '../engine/retry-policy.ts';
import { catalogueLanguage, type Said, sentence } from '../model/failure-sentence.ts';
import { inWords, phrase } from '../model/failure-words.ts';
import { Failure } from '../model/failure.ts';
import { knownSecrets, withoutSecrets } from '../model/known-secrets.ts';
import type { Connector, Operation, Operations } from '../model/operations.ts';
import { logFailure } from './log-line.ts';
import { type Pack, packOf } from './pack.ts';
import { StatusLine } from './status-line.ts';

/** Configuration of one of our nodes, as the form saved it; what it leaves out has its declared default. */
export interface NodeConfig extends NodeDef {
  connection?: string;
  policy?: string;
  [field: string]: unknown;
}

/** What a node shows while it does nothing (resting-status.ts). */
export interface Resting {
  touch(): void;
  settle(): void;
  show(): void;
}

/** What every palette node of the pack has in common; a node's own file adds only what is its own. */
export class PackNode {
  readonly RED: NodeAPI;
  readonly node: Node;
  readonly config: NodeConfig;
  readonly pack: Pack;
  readonly status: StatusLine;
  /** of a node that takes messages */
  resting: Resting | undefined;
  /** aborted as soon as the node is asked to close: begin nothing new */
  readonly stopping = new AbortController();
  /** aborted when the time to finish is over: give up what is under way */
  readonly closing = new AbortController();

  constructor(RED: NodeAPI, node: Node, config: NodeConfig) {
    this.RED = RED;
    this.node = node;
    this.config = config;
    this.pack = packOf(RED);
    this.status = new StatusLine(node, this.pack.clock);
  }

  get id(): string {
    return this.node.id;
  }

  /** What the editor calls it: inside a subflow each instance has ids of its own. */
  get idInEditor(): string {
    return (this.node as Node & { _alias?: string })._alias ?? this.id;
  }

  /** The tab the node is on. */
  get flow(): string {
    return this.config.z ?? '';
  }

  /** Whether something is connected to an output, the first being 1. */
  isWired(output: number): boolean {
    return ((this.config['wires'] as string[][] | undefined)?.[output - 1]?.length ?? 0) > 0;
  }

  get policy(): RunPolicy {
    const policyNode = this.config.policy ? (this.RED.nodes.getNode(this.config.policy) as unknown as { policy?: RunPolicy } | null) : null;
    return policyNode?.policy ?? defaultPolicy;
  }

  /** A text of this node's catalogue; what every node says of how it stands is in that of the pack, once. */
  words(key: string, values: Record<string, string | number> = {}): string {
    if (key.startsWith('status.')) return this.packWords(key, values);
    return this.RED._(`@psconnect/node-red-professional-services/${this.node.type}:${key}`, values);
  }

  /** A text of the catalogue of the pack. */
  packWords(key: string, values: Record<string, unknown> = {}): string {
    return this.RED._(`@psconnect/node-red-professional-services/ps-connect:${key}`, values as Record<string, string>);
  }

  /** What a failure says, in the language of this Node-RED; logged and stored it is in English. */
  message(failure: Said): string {
    return this.sentence(failure).message;
  }

  /** The same with what to do about it. */
  sentence(failure: Said): { message: string; remedy?: string } {
    return sentence(
      failure,
      catalogueLanguage((this.RED.settings as { lang?: string }).lang ?? 'en-US', (key, options) => this.packWords(key, options)),
    );
  }

  /** The operation by which this node works, of the system behind the connection that a field of the form points to. */
  operation<Id extends OperationId>(id: Id, field = 'connection'): Operation<Id> {
    const { system, operations: does } = this.connector(field);
    const run = does[id] as Operations[Id] | undefined;
    if (run) return { system, run };
    throw unsupported(system, id, field);
  }

  /** The connector of a connection node that a field of the form points to. */
  connector(field = 'connection'): Connector {
    const id = this.config[field];
    const connection =
      typeof id === 'string' && id ? (this.RED.nodes.getNode(id) as unknown as { connector?: () => Connector } | null) : null;
    if (!connection?.connector) {
      throw new Failure({
        class: 'contract.invalid',
        ...inWords('CONNECTION_MISSING', { label: field === 'connection' ? phrase('CONNECTION_LABEL') : this.words(`label.${field}`) }),
        field,
      });
    }
    return connection.connector();
  }
}

function unsupported(system: string, operation: OperationId, field: string): Failure {
  const { title = system, cannot } = systems.find(({ name }) => name === system) ?? {};
  const does = operations[operation].words;
  const able = systems.filter(({ does }) => does.includes(operation)).map((other) => other.title);
  const others = { join: 'LIST_OR', parts: able };
  const why = cannot?.[operation];
  return new Failure({
    class: 'contract.invalid',
    ...(why
      ? inWords('OPERATION_UNSUPPORTED.why', { title, does, why, able: others })
      : inWords('OPERATION_UNSUPPORTED', { title, does, able: others })),
    system,
    field,
    value: operation,
  });
}

/** Makes the function that Node-RED calls with `RED`; `build` wires one instance. An instance that cannot be built says why and the rest goes on. */
export function paletteNode(
  declaration: NodeDeclaration,
  build: (base: PackNode) => void,
  options: { credentials?: Record<string, { type: 'text' | 'password' }> } = {},
): (RED: NodeAPI) => void {
  return (RED) => {
    function Constructor(this: Node, config: NodeConfig) {
      RED.nodes.createNode(this, config);
      cleanLog(this);
      const base = new PackNode(RED, this, withDefaults(declaration, config));
      try {
        build(base);
      } catch (error) {
        const failure = Failure.from(error);
        logFailure(this, failure);
        base.status.show('red', 'ring', base.message(failure));
      }
    }
    RED.nodes.registerType(declaration.type, Constructor as never, options);
  };
}

/** What a node of ours writes to the log, which Node-RED also shows in the debug sidebar, holds no known secret. Failures hold none anyway. */
function cleanLog(node: Node): void {
  const { warn, error, log } = node;
  const clean = (said: unknown): unknown => (typeof said === 'string' ? withoutSecrets(said) : knownSecrets.withoutIn(said));
  node.warn = (said) => warn.call(node, clean(said));
  node.log = (said) => log.call(node, clean(said) as string);
  node.error = (said, ...message) => error.call(node, Failure.is(said) ? said : clean(said), ...message);
}
