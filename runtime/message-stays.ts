import type { ActiveRun } from '../engine/active-run.ts';
import type { Message } from './message.ts';
import type { TrackedNode } from './tracked-node.ts';

/** One message in one node, from the moment it is handed over until the node has finished with it. */
export interface Stay {
  active: ActiveRun;
  node: TrackedNode;
  message: Message;
  /** its handler has not returned yet */
  handling: boolean;
  /** the node, which knows no `done`, has sent something, or reported an error, before its handler returned */
  finished: boolean;
  open: boolean;
  /** nodes that the message, and those it was made from, have passed one after the other */
  depth: number;
}

/** Which messages of runs are in which nodes. */
export class MessageStays {
  /** the same object can be in several nodes: a node that sends it on and calls `done` later */
  private readonly byMessage = new WeakMap<object, Stay[]>();
  /** stays in nodes that know no `done`, in order of arrival; a node that is replaced takes its list along */
  private readonly byNode = new WeakMap<TrackedNode, Stay[]>();

  begin(active: ActiveRun, node: TrackedNode, message: Message, queue: boolean, depth: number): Stay {
    const stay: Stay = { active, node, message, handling: true, finished: false, open: true, depth };
    const stays = this.byMessage.get(message);
    if (stays) stays.push(stay);
    else this.byMessage.set(message, [stay]);
    if (!queue) return stay;
    const waiting = this.byNode.get(node);
    if (waiting) waiting.push(stay);
    else this.byNode.set(node, [stay]);
    return stay;
  }

  /** The open stay of this very message; none when the node was done with it already. */
  of(message: object, node: TrackedNode): Stay | undefined {
    return this.byMessage.get(message)?.find((stay) => stay.node === node && stay.open);
  }

  /** The oldest open stay in a node that knows no `done`; of this run, when one is given. */
  oldest(node: TrackedNode, active?: ActiveRun): Stay | undefined {
    return this.byNode.get(node)?.find((stay) => stay.open && !stay.active.over && (!active || stay.active === active));
  }

  end(stay: Stay): void {
    stay.open = false;
    const stays = this.byMessage.get(stay.message) ?? [];
    const at = stays.indexOf(stay);
    if (at >= 0 && stays.length > 1) stays.splice(at, 1);
    else if (at >= 0) this.byMessage.delete(stay.message);
    const waiting = this.byNode.get(stay.node)?.filter((one) => one.open && !one.active.over);
    if (waiting) this.byNode.set(stay.node, waiting);
  }
}
