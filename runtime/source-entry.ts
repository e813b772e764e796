import type { Entry } from '../engine/engine-contract.ts';
import { jsonCopy } from '../model/json.ts';
import { type Message, markOf } from './message.ts';
import type { PackNode } from './pack-node.ts';

/** What leaves each output for the message of a run. */
export type SourceOutputs = (message: Message) => (Message | null)[];

/** How the runs of a source enter its flow: the event's data as payload, its subject as topic, its attributes beside them. */
export function sourceEntry(base: PackNode, outputs: SourceOutputs = (message) => [message]): Entry {
  return {
    id: base.id,
    flow: base.flow,
    get policy() {
      return base.policy;
    },
    deliver(active) {
      const { data, ...event } = active.run.event;
      const message: Message = { payload: jsonCopy(data), topic: event.subject, event, psConnect: markOf(active) };
      base.pack.tracking.within(active, () => base.node.send(outputs(message) as never));
    },
  };
}
