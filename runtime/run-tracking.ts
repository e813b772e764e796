import { AsyncLocalStorage } from 'node:async_hooks';
import type { NodeAPI } from 'node-red';
import type { ActiveRun } from '../engine/active-run.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import { outputOf, rememberMessage } from './last-messages.ts';
import { reportFor } from './log-line.ts';
import { markIn, markOf } from './message.ts';
import { MessageStays, type Stay } from './message-stays.ts';
import {
  type CompleteEvent,
  callsDone,
  doneWithError,
  finishAtOnce,
  isDeaf,
  isWired,
  listenTo,
  type ReceiveEvent,
  type SendEvent,
  type TrackedNode,
} from './tracked-node.ts';

/** A message that has passed so many nodes, one after the other, goes round in circles; flows that do so on purpose (pages, pauses) stay far below. */
const longestWay = 20_000;

/** What runs in the asynchronous context of a run; `stay` is the message whose handling it comes from. */
interface RunContext {
  active: ActiveRun;
  stay?: Stay;
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
 * `done` (the Switch is one) is left when it has sent something or nothing, or reported an error, or at once when
 * nothing is wired to it.
 */
export class RunTracking {
  private readonly context = new AsyncLocalStorage<RunContext | undefined>();
  private readonly engine: Engine;
  private readonly stays = new MessageStays();
  /** messages on a wire, by destination: most have one */
  private readonly onWire = new WeakMap<object, string | Set<string>>();
  /** errors that no Catch node has taken yet */
  private readonly uncaught = new WeakMap<ActiveRun, Map<string, unknown>>();
  /** true between `flows:stopping` and `flows:started` */
  stopping = false;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  install(RED: NodeAPI): void {
    const hooks = RED.hooks as unknown as { add(name: string, hook: (event: never) => false | void): void; remove(name: string): void };
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

  /** The run in whose context this is asked. */
  get current(): ActiveRun | undefined {
    return this.context.getStore()?.active;
  }

  /** The run that a message belongs to. */
  runOf(message: unknown): ActiveRun | undefined {
    const mark = markIn(message);
    if (mark) return this.engine.find(mark.run, mark.token);
    const active = this.context.getStore()?.active;
    return active?.over ? undefined : active;
  }

  /** Takes a rejection that a node left unhandled as an error of the message it was handling; false = it comes from no run. */
  takeRejection(reason: unknown): boolean {
    const stay = this.context.getStore()?.stay;
    if (!stay?.node.error) return false;
    reportFor(stay.node, reason, stay.message);
    if (stay.open) this.leave(stay);
    return true;
  }

  private onSend(events: SendEvent[]): void {
    for (const { msg, source } of events) {
      const active = this.runOf(msg);
      if (!active) continue;
      if (!markIn(msg)) msg.psConnect = markOf(active);
      if (!callsDone(source.node)) this.finishWithoutDone(this.stayAt(source.node, active) ?? this.stays.oldest(source.node, active));
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
    const now = this.engine.clock.now();
    active.enter(event.destination.id, now);
    const { id, _alias = id } = event.source.node;
    rememberMessage(outputOf(_alias, event.source.port ?? 0), event.msg, now);
    this.putOnWire(event.msg, event.destination.id);
    this.engine.emit('changed');
  }

  private putOnWire(message: object, destination: string): void {
    const before = this.onWire.get(message);
    if (before === undefined) this.onWire.set(message, destination);
    else if (typeof before !== 'string') before.add(destination);
    else if (before !== destination) this.onWire.set(message, new Set([before, destination]));
  }

  /** Whether it was on its way there. */
  private takeFromWire(message: object, destination: string): boolean {
    const destinations = this.onWire.get(message);
    if (destinations === undefined) return false;
    if (typeof destinations !== 'string') return destinations.delete(destination);
    return destinations === destination && this.onWire.delete(message);
  }

  /** False = the message goes no further. */
  private onReceive({ msg, destination: { id, node } }: ReceiveEvent): false | void {
    const active = this.runOf(msg);
    if (!active) {
      this.context.enterWith(undefined);
      return;
    }
    if (!markIn(msg)) msg.psConnect = markOf(active);
    if (!this.takeFromWire(msg, id)) active.enter(id, this.engine.clock.now());
    if (isDeaf(node)) {
      if (this.stopping)
        active.interrupted = true; // closed by a redeploy while the message was on the wire
      else active.fail(deafFailure(node), id);
      active.leave(id, this.engine.clock.now());
      return;
    }
    const depth = this.depthAt(active) + 1;
    if (depth > longestWay) {
      active.fail(circlesFailure(node), id);
      active.leave(id, this.engine.clock.now());
      return false;
    }
    const silent = !callsDone(node);
    const stay = this.stays.begin(active, node, msg, silent, depth);
    this.context.enterWith({ active, stay });
    listenTo(node, this);
    if (node.type === 'catch' && msg.error?.source?.id) this.uncaught.get(active)?.delete(msg.error.source.id);
  }

  private postReceive({ msg, destination: { node } }: ReceiveEvent): void {
    const stay = this.stays.of(msg, node);
    if (!stay?.handling) return;
    stay.handling = false;
    if (stay.finished || (!callsDone(node) && (!isWired(node) || finishAtOnce.has(node.type)))) this.leave(stay);
  }

  private onComplete({ msg, error, node: { node } }: CompleteEvent): void {
    const stay = this.stays.of(msg, node);
    if (!stay) return; // no run's, or a second `done()` of a careless node
    if (error) this.noteError(stay.active, node, error);
    this.leave(stay);
    this.engine.emit('changed');
  }

  /** A node without `done` has sent something that carries no message, perhaps from the context of an earlier one (a queue). */
  sentNothing(node: TrackedNode): void {
    if (!callsDone(node)) this.finishWithoutDone(this.stayAt(node) ?? this.stays.oldest(node));
  }

  /** `node.error(error, msg)`, or Node-RED's own report of a handler that threw. */
  reported(node: TrackedNode, error: unknown, message: object): void {
    const active = this.runOf(message);
    if (!active) return;
    this.noteError(active, node, error);
    const stay = this.stays.of(message, node) ?? this.stayAt(node, active);
    if (!callsDone(node)) this.finishWithoutDone(stay ?? this.stays.oldest(node, active));
    else if (stay?.handling)
      stay.finished = true; // a handler that threw will not call `done`
    else if (stay && doneWithError.has(node.type)) setImmediate(() => stay.open && this.leave(stay)); // a Catch node has it by then
  }

  /** An error that no Catch node takes within this turn parks the run. */
  private noteError(active: ActiveRun, node: TrackedNode, error: unknown): void {
    const errors = this.uncaught.get(active) ?? new Map<string, unknown>();
    errors.set(node.id, error);
    this.uncaught.set(active, errors);
    setImmediate(() => {
      if (!errors.delete(node.id)) return; // a Catch node has it
      active.fail(Failure.is(error) ? error : foreignFailure(error, node), node.id); // what the node has said itself comes first
    });
  }

  /** Nodes passed by the message from whose handling this comes. */
  private depthAt(active: ActiveRun): number {
    const stay = this.context.getStore()?.stay;
    return stay?.active === active ? stay.depth : 0;
  }

  /** The stay from whose handling this comes, if it is in that node (and of that run). */
  private stayAt(node: TrackedNode, active?: ActiveRun): Stay | undefined {
    const stay = this.context.getStore()?.stay;
    return stay?.open && stay.node === node && (!active || stay.active === active) ? stay : undefined;
  }

  private finishWithoutDone(stay: Stay | undefined): void {
    if (!stay) return;
    if (stay.handling) {
      stay.finished = true; // it may send more before its handler returns
      return;
    }
    this.stays.end(stay);
    setImmediate(() => stay.active.leave(stay.node.id, this.engine.clock.now()));
  }

  private leave(stay: Stay): void {
    this.stays.end(stay);
    stay.active.leave(stay.node.id, this.engine.clock.now());
  }
}

function deafFailure({ id, type }: TrackedNode): Failure {
  return new Failure({ class: 'internal', ...inWords('NODE_DEAF', { id, type }) });
}

function circlesFailure({ id, type }: TrackedNode): Failure {
  return new Failure({ class: 'internal', ...inWords('IN_CIRCLES', { most: longestWay, id, type }), field: id });
}

function foreignFailure(error: unknown, { id, type }: TrackedNode): Failure {
  const said = error instanceof Error ? error.message : String(error);
  return new Failure({ class: 'internal', ...inWords('NODE_FAILED', { id, type, said }) }, { cause: error });
}
