import type { Failure } from '../model/failure.ts';
import type { Waiting } from './store/runs.ts';
import type { RunPolicy } from './retry-policy.ts';
import type { Run } from './store/runs.ts';

/** A place where a message of the run is: how many of its messages a node holds. */
type Places = Map<string, number>;

/**
 * One delivery of a run in this process. It counts the run's messages as they move from node to node; when none is
 * left, the delivery is over and the engine concludes it.
 */
export class ActiveRun {
  readonly run: Run;
  readonly policy: RunPolicy;
  private messages = 0;
  private readonly places: Places = new Map();
  private readonly concluded: (run: ActiveRun) => void;
  private scheduled = false;
  private readonly watching = new Set<() => void>();
  /** something that must be looked at by a person; the first one counts */
  failed: { failure: Failure; node?: string } | undefined;
  /** something that time or another attempt may cure */
  retry: { failure: Failure; node?: string } | undefined;
  /** the same of a node that acts on what has failed (behind a Catch node): until then nobody has been told */
  untold: { failure: Failure; node?: string } | undefined;
  /** it waits for something; with nothing wrong */
  suspended: (Waiting & { until?: number }) | undefined;
  /** a newer version of its record has been written */
  overtaken: Failure | undefined;
  /** everything it had written is taken back */
  undone = false;
  /** messages were lost to a redeploy: the delivery does not count */
  interrupted = false;
  /** it only reads, for somebody who waits (`Entry.reads`) */
  reads = false;
  /** no longer this process's: late messages and writes are refused */
  over = false;
  /** operations under way; a run that works or is held does not stall */
  working = 0;
  /** messages that wait in a micro-batch or for a person */
  held = 0;
  movedAt: number;

  constructor(run: Run, policy: RunPolicy, now: number, concluded: (run: ActiveRun) => void) {
    this.run = run;
    this.policy = policy;
    this.movedAt = now;
    this.concluded = concluded;
  }

  get id(): string {
    return this.run.id;
  }

  enter(node: string, now: number): void {
    this.messages++;
    this.places.set(node, (this.places.get(node) ?? 0) + 1);
    this.movedAt = now;
  }

  leave(node: string, now: number): void {
    const count = this.places.get(node) ?? 0;
    if (count === 0) return; // a second `done()` of a careless node
    if (count === 1) this.places.delete(node);
    else this.places.set(node, count - 1);
    this.messages--;
    this.movedAt = now;
    if (this.messages === 0) this.scheduleConclusion();
    if (this.watching.size > 0) for (const look of [...this.watching]) look();
  }

  /** How many messages of the run are on their way. */
  get size(): number {
    return this.messages;
  }

  /** Resolves when no more than so many messages are on their way, those that Catch nodes get a turn later included. */
  async downTo(messages: number): Promise<void> {
    for (let still = false; !still;) {
      if (this.messages > messages) {
        await new Promise<void>((resolve) => {
          const look = () => {
            if (this.messages > messages) return;
            this.watching.delete(look);
            resolve();
          };
          this.watching.add(look);
        });
      }
      await new Promise<void>((resolve) => setImmediate(resolve));
      still = this.messages <= messages;
    }
  }

  /** Ids of the nodes that have a message of this run and have not finished with it. */
  at(): string[] {
    return [...this.places.keys()];
  }

  fail(failure: Failure, node?: string): void {
    this.failed ??= { failure, ...(node === undefined ? {} : { node }) };
  }

  retryLater(failure: Failure, node?: string): void {
    this.retry ??= { failure, ...(node === undefined ? {} : { node }) };
  }

  /** What has failed is acted on later, while there are attempts: the run is delivered again before it is for a person. */
  tellLater(failure: Failure, node: string): void {
    this.untold ??= { failure, node };
  }

  /**
   * When its messages are out, the run waits until `until` (absent = until somebody rouses it), as long as it takes and over
   * restarts; then it is delivered again and comes to the same node. Of several waits the earliest counts.
   */
  suspend(waiting: Waiting & { until?: number }): void {
    const before = this.suspended;
    if (!before || (waiting.until ?? Infinity) < (before.until ?? Infinity)) this.suspended = waiting;
  }

  /** Catch, Complete and Status nodes get their message right after `done()`: look again a turn later. */
  private scheduleConclusion(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.messages === 0 && !this.over) this.concluded(this);
    });
  }
}
