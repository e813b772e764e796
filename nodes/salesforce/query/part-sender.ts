import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ActionContext } from '../../../runtime/action-node.ts';
import type { Message } from '../../../runtime/message.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';

/** Parts that the flow has and is not done with: the one that it works on, and the one behind it. */
const partsAhead = 2;
/** A flow in which nothing moves keeps what it has been given (a join): it gets more, and not at once. */
const stillMs = 1_000;

/** Hands the records of one query to the flow, part after part, as fast as the flow is done with them. The last part is known by its `count`. */
export class PartSender {
  private readonly base: PackNode;
  private readonly message: Message;
  private readonly context: ActionContext;
  private readonly size: number;
  /** messages of the run that were on their way before */
  private readonly before: number;
  /** something went wrong with a part: what is left is not handed over */
  isGivenUp = false;
  private held: JsonObject[] | undefined;
  private index = 0;

  constructor(base: PackNode, message: Message, context: ActionContext, size: number) {
    this.base = base;
    this.message = message;
    this.context = context;
    this.size = size;
    this.before = context.active.size;
  }

  async take(records: JsonObject[]): Promise<void> {
    const ready = this.held;
    this.held = records;
    if (ready) this.send(ready, undefined);
    await this.downTo(partsAhead - 1);
  }

  /** Sends the last part; done once the flow is done with all of them. */
  async end(): Promise<void> {
    if (this.held) this.send(this.held, this.index + 1);
    await this.downTo(0);
  }

  private send(payload: JsonObject[], count: number | undefined): void {
    const { message, base, context, size } = this;
    const outer = message['parts'];
    const parts = {
      id: `${context.active.id}:${base.id}`,
      type: 'array',
      len: size,
      index: this.index++,
      ...(count === undefined ? {} : { count }),
      ...(outer === undefined ? {} : { parts: outer }),
    };
    const { payload: _payload, ...rest } = message;
    context.send([{ ...(base.RED.util.cloneMessage(rest as never) as Message), payload, parts }, null]);
  }

  /** Waits until the flow has so many parts at most. What has gone wrong with one of them ends the reading: the run is delivered again, or is a dead letter. */
  private async downTo(parts: number): Promise<void> {
    const { active, signal } = this.context;
    const most = this.before + parts;
    const isStopped = () => signal.aborted || this.base.stopping.signal.aborted || active.over;
    while (active.size > most && !isStopped()) {
      const { movedAt } = active;
      await this.moved(most);
      // of other nodes of the pack, one may be at work for long
      if (active.size > most && active.movedAt === movedAt && active.working <= 1 && active.held === 0) break;
    }
    this.isGivenUp = active.failed !== undefined || active.retry !== undefined;
    if (this.isGivenUp || isStopped()) throw new Failure({ class: 'transient.unavailable', ...inWords('ABORTED.parts') });
  }

  private moved(most: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.base.pack.clock.after(stillMs, resolve);
      void this.context.active.downTo(most).then(() => {
        cancel();
        resolve();
      });
    });
  }
}
