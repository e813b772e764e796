import { AsyncLocalStorage } from 'node:async_hooks';
import type { NodeAPI } from 'node-red';
import type { ActiveRun } from '../engine/active-run.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../model/failure.ts';
import { type Message, markIn, markOf } from './message.ts';

/** What the hooks see of a node: only what Node-RED has had, unchanged, from 4.1 to 5.0 (runtime/lib/nodes/Node.js). */
interface TrackedNode {
  id: string;
  type: string;
  wires?: string[][];
  _flow?: { getNode(id: string): unknown };
  _inputCallback?: ((...parts: unknown[]) => void) | null;
  _inputCallbacks?: unknown[] | null;
  _expectedDoneCount?: number;
}
interface SendEvent {
  msg: Message;
  source: { node: TrackedNode };
  destination: { id: string; node?: TrackedNode };
}
interface ReceiveEvent {
  msg: Message;
  destination: { id: string; node: TrackedNode };
}
interface CompleteEvent {
  msg: Message;
  error?: unknown;
  node: { id: string; node: TrackedNode };
}

/**
 * Follows runs through the flow, whatever nodes they pass (util/lib/hooks.js of Node-RED).
 *
 * A message belongs to the run it is marked with; a message without a mark (a function node made a new object)
 * belongs to the run in whose asynchronous context it was sent. The mark wins, since a rate limiter sends all
 * messages from the context of the first.
 *
 * Counting: +1 when a message is about to be delivered (`preDeliver`), +1 when a node receives one that was not
 * delivered by a wire (Catch, Complete, Status, Link In), −1 when the node calls `done`. A node whose handler takes no
 * `done` is left when it has sent something, or at once when nothing is wired to it.
 */
export class RunTracking {
  private readonly context = new AsyncLocalStorage<{ active: ActiveRun } | undefined>();
  private readonly engine: Engine;
  /** messages on a wire, by destination */
  private readonly onWire = new WeakMap<object, Set<string>>();
  /** messages inside a node: the run each was counted for */
  private readonly inside = new WeakMap<object, ActiveRun>();
  /** errors that no Catch node has taken yet */
  private readonly uncaught = new WeakMap<ActiveRun, Map<string, unknown>>();
  /** nodes without `done` that have not sent yet */
  private readonly silent = new WeakMap<ActiveRun, Map<string, number>>();
  /** true between `flows:stopping` and `flows:started` */
  stopping = false;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  install(RED: NodeAPI): void {
    const hooks = RED.hooks as unknown as { add(name: string, hook: (event: never) => void): void; remove(name: string): void };
    hooks.remove('*.psConnect');
    // each hook takes exactly one parameter: with none Node-RED would wait for a callback for ever
    hooks.add('onSend.psConnect', (events: SendEvent[]) => this.onSend(events));
    hooks.add('preRoute.psConnect', (event: SendEvent) => this.preRoute(event));
    hooks.add('preDeliver.psConnect', (event: SendEvent) => this.preDeliver(event));
    hooks.add('onReceive.psConnect', (event: ReceiveEvent) => this.onReceive(event));
    hooks.add('postReceive.psConnect', (event: ReceiveEvent) => this.postReceive(event));
    hooks.add('onComplete.psConnect', (event: CompleteEvent) => this.onComplete(event));
  }

  /** Does something in the context of a run: what it sends belongs to the run. */
  within<T>(active: ActiveRun, work: () => T): T {
    return this.context.run({ active }, work);
  }

  /** Does something outside every run: what it sends belongs to none. */
  outside<T>(work: () => T): T {
    return this.context.run(undefined, work);
  }

  /** The run that a message belongs to. */
  runOf(message: unknown): ActiveRun | undefined {
    const mark = markIn(message);
    if (mark) return this.engine.find(mark.run, mark.token);
    const active = this.context.getStore()?.active;
    return active?.over ? undefined : active;
  }

  private onSend(events: SendEvent[]): void {
    for (const { msg, source } of events) {
      const active = this.runOf(msg);
      if (!active) continue;
      if (!markIn(msg)) msg.psConnect = markOf(active);
      if (!callsDone(source.node)) this.leaveSilent(active, source.node.id);
    }
  }

  /** While flows stop, a destination that is gone means a lost message: the run must be delivered again. */
  private preRoute(event: SendEvent): void {
    if (!this.stopping) return;
    const active = this.runOf(event.msg);
    if (active && !event.source.node._flow?.getNode(event.destination.id)) active.interrupted = true;
  }

  private preDeliver(event: SendEvent): void {
    const active = this.runOf(event.msg);
    if (!active) return;
    active.enter(event.destination.id, this.engine.clock.now());
    const destinations = this.onWire.get(event.msg);
    if (destinations) destinations.add(event.destination.id);
    else this.onWire.set(event.msg, new Set([event.destination.id]));
    this.engine.emit('changed');
  }

  private onReceive({ msg, destination }: ReceiveEvent): void {
    const active = this.runOf(msg);
    if (!active) {
      this.context.enterWith(undefined);
      return;
    }
    if (!markIn(msg)) msg.psConnect = markOf(active);
    if (!this.onWire.get(msg)?.delete(destination.id)) active.enter(destination.id, this.engine.clock.now());
    this.inside.set(msg, active);
    this.context.enterWith({ active });
    if (destination.node.type === 'catch' && msg.error?.source?.id) this.uncaught.get(active)?.delete(msg.error.source.id);
  }

  private postReceive({ msg, destination: { node } }: ReceiveEvent): void {
    const active = this.inside.get(msg);
    if (!active || callsDone(node)) return;
    const wired = node.wires?.some((wires) => wires.length > 0) ?? false;
    const silent = this.silent.get(active);
    if (!wired || silent?.has(`${node.id} sent`)) {
      silent?.delete(`${node.id} sent`);
      active.leave(node.id, this.engine.clock.now());
      return;
    }
    if (silent) silent.set(node.id, (silent.get(node.id) ?? 0) + 1);
    else this.silent.set(active, new Map([[node.id, 1]]));
  }

  private onComplete({ msg, error, node }: CompleteEvent): void {
    const active = this.inside.get(msg) ?? this.runOf(msg);
    if (!active) return;
    if (error) {
      const errors = this.uncaught.get(active) ?? new Map<string, unknown>();
      errors.set(node.id, error);
      this.uncaught.set(active, errors);
      setImmediate(() => {
        if (!errors.delete(node.id)) return; // a Catch node has it
        active.fail(Failure.is(error) ? error : foreignFailure(error, node.node), node.id); // what the node has said itself comes first
      });
    }
    active.leave(node.id, this.engine.clock.now());
    this.engine.emit('changed');
  }

  private leaveSilent(active: ActiveRun, node: string): void {
    const silent = this.silent.get(active);
    const waiting = silent?.get(node);
    if (waiting) {
      silent?.set(node, waiting - 1);
      if (waiting === 1) silent?.delete(node);
      setImmediate(() => active.leave(node, this.engine.clock.now()));
      return;
    }
    // sent before its handler returned: postReceive may leave at once
    const entered = active.at().includes(node);
    if (!entered) return;
    if (silent) silent.set(`${node} sent`, 1);
    else this.silent.set(active, new Map([[`${node} sent`, 1]]));
  }
}

/** Whether Node-RED can expect this node to call `done` (Node.js `_expectedDoneCount`). */
function callsDone(node: TrackedNode): boolean {
  if (node._inputCallback) return node._inputCallback.length >= 3;
  return (node._expectedDoneCount ?? 0) > 0;
}

function foreignFailure(error: unknown, node: TrackedNode): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return new Failure(
    {
      class: 'internal',
      code: 'NODE_FAILED',
      message: `Node ${node.id} (${node.type}) failed: ${message}`,
      remedy: 'Mend the flow at that node, or catch its error, and replay the run.',
    },
    { cause: error },
  );
}
