import { randomUUID } from 'node:crypto';
import type { NodeAPI } from 'node-red';
import type { ActiveRun } from '../engine/active-run.ts';
import type { Entry } from '../engine/engine-contract.ts';
import { reactions, verdict } from '../engine/retry-policy.ts';
import { Failure } from '../model/failure.ts';
import type { Effects } from '../model/operations.ts';
import type { NodeDeclaration } from '../declarations/node-declaration.ts';
import { OfferedOperation } from './business-api/offered-operation.ts';
import { liveConnections } from './live-connections.ts';
import { messageAsKept } from './event-message.ts';
import { rememberMessage } from './last-messages.ts';
import { lineOf, logFailure } from './log-line.ts';
import { failureMark, type Message, markIn, messageReceived, type RunMark } from './message.ts';
import { separate, subjectOf } from './message-parts.ts';
import { type PackNode, paletteNode } from './pack-node.ts';
import { type RestingLook, RestingStatus } from './resting-status.ts';
import { assertCopyable, tellCatchNodes } from './tell-catch-nodes.ts';
import { tellCompleteNodes } from './tell-complete-nodes.ts';
import { undoByConnector } from './undo-by-connector.ts';

export interface ActionContext {
  active: ActiveRun;
  /** it is asked for by a caller of the node, and not by its flow */
  isCalled: boolean;
  /** effects of this node for the message's run */
  effects(system: string): Effects;
  /** sends `output` and goes on with the message: what is found bit by bit */
  send(output: Output): void;
  signal: AbortSignal;
}

/** One message for the first output, or for each output a message, several, or none. */
export type Output = Message | (Message | Message[] | null)[];

/** Sends and completes one message of a run; exactly one of `finish` and `fail` is called. */
export interface Work {
  message: Message;
  context: ActionContext;
  /** sends `output` (undefined = nothing), or answers a call with it, and is done with the message */
  finish(output?: Output): void;
  /** lets the failure's class decide: deliver again later, or park and tell the Catch nodes */
  fail(error: unknown): void;
}

/** What a node does with one message; answers what it sends on. Thrown Failures are handled by class. */
export type Perform = (message: Message, context: ActionContext) => Promise<Output | undefined>;

/** A node that does one thing for each message. */
export function actionNode(
  declaration: NodeDeclaration,
  setup: (base: PackNode) => Perform,
  look: Omit<RestingLook, 'isFree'> = {},
): (RED: NodeAPI) => void {
  return paletteNode(declaration, (base) => {
    const perform = performer(base, setup);
    let busy = 0;
    const handle = (work: Work) => {
      busy++;
      work.context.active.working++;
      base.status.show('blue', 'dot', () => base.words('status.working', { count: busy }));
      const done = (isWell: boolean) => {
        busy--;
        work.context.active.working--;
        // what went wrong is shown until it is counted
        if (isWell && busy === 0 && !base.stopping.signal.aborted) base.resting?.show();
      };
      void perform(work.message, work.context)
        .then(
          (output) => work.finish(output),
          (error) => {
            work.fail(error);
            return true;
          },
        )
        .then(
          (failed) => done(failed !== true),
          (error: unknown) => {
            done(false);
            throw error;
          },
        );
    };
    receiveRuns(base, handle, { ...look, isFree: () => busy === 0 }, declaration);
  });
}

/** A node that cannot be set up (a mapping that does not compile) still takes messages, and fails each with the reason. */
function performer(base: PackNode, setup: (base: PackNode) => Perform): Perform {
  try {
    return setup(base);
  } catch (error) {
    const failure = Failure.from(error);
    logFailure(base.node, failure);
    base.status.show('red', 'ring', base.message(failure));
    return () => Promise.reject(failure);
  }
}

/**
 * The one input of all nodes that act: finds the run of each message, gives one to a message that has none, refuses late
 * messages, and completes each message once, whatever happens.
 */
export function receiveRuns(base: PackNode, handle: (work: Work) => void, look: RestingLook = {}, declaration?: NodeDeclaration): void {
  const { node, pack } = base;
  const { engine, tracking } = pack;
  const stopUndoing = undoByConnector(base);
  const pending = new Set<Work>();

  const entry: Entry = {
    id: base.id,
    flow: base.flow,
    get policy() {
      return base.policy;
    },
    reads: (run) => calls?.reads(run) ?? false,
    deliver(active) {
      const { event } = active.run;
      const message: Message = calls?.began(active.run)
        ? calls.message(active)
        : { ...messageAsKept(event), ...pack.transients.get(event.id) };
      tracking.within(active, () => node.receive(message as never));
    },
  };
  const calls = declaration && OfferedOperation.of(base, entry, declaration);
  base.resting = new RestingStatus(base, { ...look, ...(calls ? { trouble: () => calls.trouble() } : {}) });
  engine.register(entry);
  calls?.begin();

  node.on('input', (input, send, done) => {
    const message = input as Message;
    rememberMessage(base.idInEditor, message, pack.clock.now());
    try {
      const active = tracking.runOf(message);
      if (active) {
        const work = workOf(active, message, send, done);
        pending.add(work);
        handle(work);
        return;
      }
      const mark = markIn(message);
      if (!mark) return adopt(message, done);
      const ended = engine.endedLately(mark.run);
      if (ended === undefined) return askStore(mark, message, done);
      if (ended === 'over')
        tellCompleteNodes(base, message, done); // a late message of a delivery that was given back: its run is delivered anew
      else adopt(message, done);
    } catch (error) {
      notTaken(error, message, done);
    }
  });

  node.on('close', (removed: boolean, closed: () => void) => {
    calls?.end(removed);
    engine.unregister(base.id);
    stopUndoing();
    base.stopping.abort();
    void pack.departure.after(drained().then(() => base.closing.abort())).then(closed);
  });
  let waiting: (() => void) | undefined;

  /** Operations under way may finish what they sent; what is left after that is delivered to the new flows. */
  function drained(): Promise<void> {
    if (pending.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = pack.clock.after(pack.settings.drainMs, resolve);
      waiting = () => {
        cancel();
        resolve();
      };
    });
  }

  function workOf(active: ActiveRun, message: Message, send: Work['finish'], done: (error?: Error) => void): Work {
    let over = false;
    const once = (then: () => void) => {
      if (over) return;
      over = true;
      pending.delete(work);
      tracking.within(active, then);
      if (pending.size === 0) waiting?.();
    };
    const work: Work = {
      message,
      context: {
        active,
        isCalled: calls?.began(active.run) ?? false,
        effects: (system) => engine.effectsFor(active, base.id, system, turnOf(base, active)),
        send: (output) => {
          if (over || active.over) return; // the run was cancelled, or is delivered anew
          assertCopyable(base, output);
          tracking.within(active, () => send(output));
        },
        signal: base.closing.signal,
      },
      finish: (output) => {
        if (calls?.began(active.run)) void answer(output);
        else sendOn(output);
      },
      fail: (error) => once(() => failRun(base, active, message, Failure.from(error), done)),
    };
    const sendOn = (output?: Output) =>
      once(() => {
        try {
          if (output && !active.over) {
            // else the run was cancelled, or is delivered anew
            assertCopyable(base, output);
            send(output);
          }
        } catch (error) {
          return failRun(base, active, message, Failure.from(error), done);
        }
        tellCompleteNodes(base, message, done);
      });
    /** The caller is answered before the node is done, so that the answer is kept when the run ends. */
    const answer = async (output?: Output) => {
      try {
        if (!over && !active.over) await calls?.answer(active, output);
        once(() => tellCompleteNodes(base, message, done));
      } catch (error) {
        work.fail(error);
      }
    };
    return work;
  }

  /** A message that comes so late, or from so far, that nobody here knows how its delivery ended. */
  function askStore(mark: RunMark, message: Message, done: (error?: Error) => void): void {
    engine
      .wasGivenBack(mark)
      .then((givenBack) => (givenBack ? tellCompleteNodes(base, message, done) : adopt(message, done)))
      .catch((error: unknown) => notTaken(error, message, done));
  }

  /** A message from outside (inject, http in) becomes a run that begins at this node. */
  function adopt(message: Message, done: (error?: Error) => void): void {
    const { plain, transient } = separate(message);
    const subject = subjectOf(message);
    const event = {
      id: randomUUID(),
      source: `/node-red/${base.flow}/${base.id}`,
      type: messageReceived,
      subject,
      time: new Date(pack.clock.now()).toISOString(),
      key: subject,
      data: plain,
    };
    const entry = { id: base.id, flow: base.flow, policy: base.policy };
    const here = Object.keys(transient).length > 0;
    if (here) pack.transients.set(event.id, transient); // before: it may be delivered at once
    engine.accept(entry, [event], undefined, { here, looked: true }).then(
      () => tellCompleteNodes(base, message, done),
      (error) => {
        pack.transients.delete(event.id);
        notTaken(error, message, done);
      },
    );
  }

  /** There is no run to park: all that is known of it goes to the Catch nodes, with the message. */
  function notTaken(error: unknown, message: Message, done: (error?: Error) => void): void {
    const failure = Failure.from(error);
    tellCatchNodes(base, message, failure.with({ message: [failure.message, failure.remedy ?? ''].join(' ').trim() }), done, (about) =>
      base.status.show('red', 'dot', base.words('status.dead', { message: lineOf(base.message(failure), about) })),
    );
  }
}

/** How a write waits for its turn, when the run's policy limits what goes to the connection. */
function turnOf({ config, closing, pack }: PackNode, { policy }: ActiveRun): (() => Promise<void>) | undefined {
  const connection = policy.writesPerMinute > 0 ? liveConnections.get(config.connection ?? '') : undefined;
  return connection && (() => connection.pace.turn(() => policy.writesPerMinute / pack.engine.instancesAlive, closing.signal));
}

/** Decides by class; a run that is parked tells the Catch nodes, one that is delivered again does not. */
export function failRun(base: PackNode, active: ActiveRun, message: Message, failure: Failure, done: (error?: Error) => void): void {
  if (failure.code === 'RUN_TAKEN_OVER' || active.over) {
    tellCompleteNodes(base, message, done);
    return;
  }
  if (failure.code === 'ABORTED') {
    active.interrupted = true;
    tellCompleteNodes(base, message, done);
    return;
  }
  const { data } = active.run.event;
  const decided = verdict(failure, active.run.attempts, active.policy);
  if (!decided.park) {
    if (markIn(message)?.failure && reactions[failure.class] === 'retry') active.tellLater(failure, base.id);
    else active.retryLater(failure, base.id);
    base.resting?.touch();
    base.status.show(
      'yellow',
      'ring',
      base.words('status.retry', {
        message: lineOf(base.message(failure), data),
        attempt: active.run.attempts,
        of: active.policy.maxAttempts,
      }),
    );
    tellCompleteNodes(base, message, done);
    return;
  }
  const given = decided.failure; // after the last attempt it says so
  active.fail(given, base.id);
  Reflect.set(message, 'psConnect', failureMark(active, given, base.id)); // of a frozen message nothing can be changed
  base.resting?.touch();
  base.status.show('red', 'dot', base.words('status.dead', { message: lineOf(base.message(given), data) }));
  // Node-RED logs it and hands it to Catch nodes; whole it is in the message and in the store
  tellCatchNodes(base, message, given, done, undefined, data);
}
