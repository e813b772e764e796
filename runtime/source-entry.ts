import type { ActiveRun } from '../engine/active-run.ts';
import type { Entry } from '../engine/engine-contract.ts';
import { verdict } from '../engine/retry-policy.ts';
import { Failure } from '../model/failure.ts';
import { messageOfEvent } from './event-message.ts';
import { type Message, markOf } from './message.ts';
import type { PackNode } from './pack-node.ts';

/** What leaves each output. */
type Outputs = (Message | null)[];

/** What leaves each output for the message of a run; a promise where something has to be read for it. */
export type SourceOutputs = (message: Message, active: ActiveRun) => Outputs | Promise<Outputs>;

/** How the runs of a source enter its flow: the event's data as payload, its subject as topic, its attributes beside them. */
export function sourceEntry(base: PackNode, outputs: SourceOutputs = (message) => [message]): Entry {
  return {
    id: base.id,
    flow: base.flow,
    get policy() {
      return base.policy;
    },
    deliver(active) {
      const message: Message = { ...messageOfEvent(active.run.event), psConnect: markOf(active) };
      const made = outputs(message, active);
      if (made instanceof Promise) whenRead(base, active, made);
      else send(base, active, made);
    },
  };
}

function send(base: PackNode, active: ActiveRun, outputs: Outputs): void {
  base.pack.tracking.within(active, () => base.node.send(outputs as never));
}

/** The run is at this node until then. */
function whenRead(base: PackNode, active: ActiveRun, made: Promise<Outputs>): void {
  const { clock } = base.pack.engine;
  active.enter(base.id, clock.now());
  active.working++;
  void made
    .then((outputs) => {
      if (!active.over) send(base, active, outputs);
    })
    .catch((error: unknown) => {
      const failure = Failure.from(error);
      const decided = verdict(failure, active.run.attempts, active.policy);
      if (decided.park) active.fail(decided.failure, base.id);
      else active.retryLater(failure, base.id);
    })
    .finally(() => {
      active.working--;
      active.leave(base.id, clock.now());
    });
}
