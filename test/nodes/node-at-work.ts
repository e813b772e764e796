import type { Node } from 'node-red';
import { systems } from '../../connectors/systems.ts';
import { declaredDefaults } from '../../declarations/declared-defaults.ts';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import type { Message } from '../../runtime/message.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { trustSandbox } from '../trust-sandbox.ts';
import { connectionsOf, filledIn, type SandboxConnection } from './connections-of.ts';
import { type FlowNode, NodeRedInTest } from './node-red-in-test.ts';
import type { Status } from './seen.ts';

/** What the contract has to know of a node beside its declaration. */
export interface NodeFacts {
  /** what an analyst fills in where there is no default; connections to the simulators are filled in by themselves */
  fields?: Record<string, unknown>;
  credentials?: Record<string, string>;
  /** puts into the simulators what the node works with; absent = it needs none */
  firm?(sandbox: Sandbox): void | Promise<void>;
  /** it also works with what systems speak besides HTTP */
  beside?: boolean;
  /** of a node with an input: a message that it takes */
  takes?(): object;
  /** time that it lets pass before it is done with a message, ms */
  collectsFor?: number;
  /** messages that it cannot use: what the refusal names, and says, in English and in German */
  refuses?: { what: string; message: object; fields?: Record<string, unknown>; field?: string | RegExp; says: RegExp; german?: RegExp }[];
  /** what it warns of, as it is filled in here */
  warns?: RegExp;
  /** required fields that stand for their default when somebody empties them */
  keepDefault?: string[];
  /** what is seen of the node once it is deployed: the same whether a default is written out or left out */
  behaves?(at: NodeAtWork): Promise<unknown>;
}

/** Node-RED takes any field whose value is the id of a configuration node for a reference to it, the type too. */
const idOf = (system: string) => `connection to ${system}`;

/** One palette node in a small flow: each output ends at `out1`, `out2`, …; `completed` and `caught` hear how it is done with a message. */
export class NodeAtWork {
  readonly declaration: NodeDeclaration;
  readonly facts: NodeFacts;
  red!: NodeRedInTest;
  /** of the node as it is deployed now: another at each deploy, so that no run of an earlier test comes to it */
  id = '';
  private deploys = 0;
  private simulators: Sandbox | undefined;
  /** by system */
  private connections: Record<string, SandboxConnection> = {};
  /** of the node itself, when it is a connection */
  private own: SandboxConnection | undefined;

  constructor(declaration: NodeDeclaration, facts: NodeFacts) {
    this.declaration = declaration;
    this.facts = facts;
  }

  async start(): Promise<void> {
    this.red = await NodeRedInTest.start();
    if (!this.facts.firm) return;
    const { beside = false } = this.facts;
    if (beside) trustSandbox();
    this.simulators = await startSandbox({ basePort: 0, empty: true, beside });
    this.connections = connectionsOf(this.simulators);
    this.own = filledIn(this.declaration.type, this.simulators);
    await this.facts.firm(this.simulators);
  }

  async end(): Promise<void> {
    await this.red?.end();
    await this.simulators?.stop();
  }

  get sandbox(): Sandbox {
    if (!this.simulators) throw new Error(`${this.declaration.type} is tested without simulators`);
    return this.simulators;
  }

  /** Deploys the node as the editor saves it, changed by `fields`; a field that is undefined is left out of the flow. */
  async deploy(fields: Record<string, unknown> = {}, credentials: Record<string, string> = {}): Promise<void> {
    const { declaration, facts, own } = this;
    const { type, outputs } = declaration;
    this.id = `node-${++this.deploys}`;
    const node = {
      id: this.id,
      type,
      ...(declaration.config ? {} : { z: 'tab', x: 100, y: 100 }),
      ...declaredDefaults(declaration),
      ...own?.fields,
      ...this.chosenConnections(),
      ...facts.fields,
      ...fields,
      ...(declaration.config ? {} : { wires: Array.from({ length: outputs }, (_, index) => [`out${index + 1}`]) }),
    } as FlowNode;
    for (const [name, value] of Object.entries(node)) if (value === undefined) delete node[name];
    const given: Record<string, object> = { [this.id]: { ...own?.credentials, ...facts.credentials, ...credentials } };
    for (const [of, connection] of Object.entries(this.connections)) given[idOf(of)] = connection.credentials;
    await this.red.load([...this.surroundings(), node], given);
  }

  /** What a connection node of this type signs in to its simulator with. */
  ownCredentials(): Record<string, string> {
    return this.own?.credentials ?? {};
  }

  /** Hands the node a message that it takes, or another. */
  receive(message: object = this.facts.takes!()): void {
    this.red.receive(this.id, message);
  }

  /** The deployed node, as Node-RED has it. */
  get node(): Node {
    return this.red.node(this.id);
  }

  /** What it shows. */
  get status(): Status | undefined {
    return this.red.seen.statuses.get(this.id)?.at(-1);
  }

  /** Waits until it shows this. */
  shows(text: RegExp, fill: string): Promise<void> {
    return this.red.until(
      () => {
        this.red.letStatusPass();
        return text.test(this.status?.text ?? '') && this.status?.fill === fill;
      },
      () => `it shows ${fill} ${text}`,
    );
  }

  /** Messages that have left at an output, oldest first. */
  out(output: number): Message[] {
    return this.red.seen.at(`out${output}`);
  }

  /** How often the node has said that it is done with a message: of a run, and of one that had none yet. */
  done(): { ofRuns: number; ofOthers: number } {
    const all = [...this.red.seen.at('completed'), ...this.red.seen.at('caught')];
    const ofRuns = all.filter(({ psConnect }) => psConnect).length;
    return { ofRuns, ofOthers: all.length - ofRuns };
  }

  private chosenConnections(): Record<string, string> {
    const fields = this.declaration.fields.flatMap((field) => {
      const able = field.kind === 'config' ? systems.find(({ does }) => field.can?.some((id) => does.includes(id))) : undefined;
      return able && this.connections[able.name] ? [[field.name, idOf(able.name)]] : [];
    });
    return Object.fromEntries(fields) as Record<string, string>;
  }

  private surroundings(): FlowNode[] {
    const { type, outputs, config } = this.declaration;
    const on = (id: string, of: string, more: object = {}): FlowNode => ({ id, type: of, z: 'tab', x: 100, y: 100, wires: [], ...more });
    const parts = [
      { id: 'tab', type: 'tab', label: type },
      on('beside', 'canonical-map', {
        preset: 'custom',
        contract: 'none',
        expression: 'payload = "breaks" or payload.breaks ? $error("it breaks") : payload',
        wires: [['passed']],
      }),
      on('passed', 'helper'),
      ...Array.from({ length: outputs }, (_, index) => on(`out${index + 1}`, 'helper')),
      ...(config ? [] : Object.entries(this.connections)).map(([of, { fields }]) => ({
        id: idOf(of),
        type: 'system-connection',
        ...fields,
      })),
    ];
    if (config) return parts;
    return [
      ...parts,
      on('complete', 'complete', { scope: [this.id], wires: [['completed']] }),
      on('completed', 'helper'),
      on('catch', 'catch', { scope: [this.id], uncaught: false, wires: [['caught']] }),
      on('caught', 'helper'),
    ];
  }
}
