import { Cron } from 'croner';
import { isSuspect } from '../engine/suspects.ts';
import { Failure } from '../model/failure.ts';
import { inWords, phrase } from '../model/failure-words.ts';
import type { Work } from './action-node.ts';
import { BatchesUnderWay } from './batches-under-way.ts';
import type { PackNode } from './pack-node.ts';
import { suspendUntil } from './suspend-until.ts';

export interface BatchRule {
  /** lines of a batch at most */
  size: number;
  /** a batch that is not full goes after so long */
  seconds: number;
  /** cron expression; when given, batches go at these times, with all that had come in by then */
  schedule?: string;
}

/**
 * No more than some thousand lines are held at once, and a source stops reading when so many of its runs are open: what else had come in by the time of
 * a schedule follows as soon as there is room. When nothing has followed for so long, the next time is waited for.
 */
const followsWithinMs = 5 * 60_000;

/**
 * Collects messages of many runs and hands them over together. Each keeps its own run: a line waits held, so that it
 * neither stalls nor uses up the room for others, and is given back untouched when the node closes.
 */
export class MicroBatch {
  private readonly base: PackNode;
  private readonly rule: BatchRule;
  private readonly post: (batch: Work[]) => Promise<void>;
  /** for the next time of the schedule */
  private waiting: Work[] = [];
  /** for the next batch */
  private lines: Work[] = [];
  private firedAt = Number.NEGATIVE_INFINITY;
  private followsUntil = Number.NEGATIVE_INFINITY;
  private cancelTimer: (() => void) | undefined;
  private readonly batches = new BatchesUnderWay((batch) => this.hand(batch));
  private readonly cron: Cron | undefined;

  constructor(base: PackNode, rule: BatchRule, post: (batch: Work[]) => Promise<void>) {
    this.base = base;
    this.rule = rule;
    this.post = post;
    if (rule.schedule) this.cron = new Cron(rule.schedule, () => this.fire());
    base.stopping.signal.addEventListener('abort', () => this.giveBack());
  }

  get collected(): number {
    return this.waiting.length + this.lines.length;
  }

  add(work: Work): void {
    if (this.base.stopping.signal.aborted) {
      work.context.active.interrupted = true;
      work.finish();
      return;
    }
    const { active } = work.context;
    if (isSuspect(active.run) && !this.cron) {
      active.held++;
      this.batches.add([work], { alone: true }); // alone: if the process dies again, it is known who was there
      return;
    }
    const { engine } = this.base.pack;
    const waits = this.cron !== undefined && !this.belongsToLast(active.run);
    if (waits && !this.cron?.nextRun()) return work.fail(neverComes(this.rule.schedule ?? ''));
    if (waits && !engine.mayHold) return this.putOff(work);
    engine.hold(active);
    if (waits) {
      this.waiting.push(work);
      return;
    }
    this.lines.push(work);
    if (this.lines.length >= this.rule.size) this.flush();
    else this.cancelTimer ??= this.base.pack.clock.after(this.rule.seconds * 1000, () => this.flush());
  }

  /** It is time, by the schedule. */
  fire(): void {
    this.firedAt = this.now;
    this.followsUntil = this.now + followsWithinMs;
    this.lines.push(...this.waiting);
    this.waiting = [];
    this.flush();
  }

  /** Thousands wait here already: this one is stored until then, and comes to this node again. */
  private putOff(work: Work): void {
    const next = this.cron?.nextRun();
    const until = next ? next.getTime() + 1_000 : this.now + followsWithinMs;
    suspendUntil(this.base, work.context.active, until, phrase('WAITS.batch', { until: new Date(until).toISOString() }));
    work.finish();
  }

  private get now(): number {
    return this.base.pack.engine.clock.now();
  }

  /** It had come in, or was approved, by the last time of the schedule, of which not all has gone yet. */
  private belongsToLast({ createdAt, event }: Work['context']['active']['run']): boolean {
    return this.now <= this.followsUntil && (createdAt <= this.firedAt || Date.parse(event.time) <= this.firedAt);
  }

  /** Hands over what is collected, in batches of at most `size`. */
  private flush(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    const lines = this.lines;
    this.lines = [];
    for (let from = 0; from < lines.length; from += this.rule.size) {
      this.batches.add(lines.slice(from, from + this.rule.size));
    }
  }

  private async hand(batch: Work[]): Promise<void> {
    if (this.base.stopping.signal.aborted) {
      this.lines.push(...batch);
      this.giveBack();
      return;
    }
    // they stay held: what is posted waits for its system, and takes no room from runs that have nothing to do with it
    for (const { context } of batch) context.active.working++;
    try {
      await this.post(batch);
    } catch (error) {
      for (const work of batch) work.fail(error);
    } finally {
      for (const { context } of batch) {
        context.active.held--;
        context.active.working--;
      }
      if (this.cron) this.followsUntil = this.now + followsWithinMs;
    }
  }

  private giveBack(): void {
    this.cron?.stop();
    this.cancelTimer?.();
    const lines = [...this.waiting, ...this.lines];
    [this.waiting, this.lines] = [[], []];
    for (const work of lines) {
      work.context.active.held--;
      work.context.active.interrupted = true;
      work.finish();
    }
  }
}

/** The 30th of February, or a moment that is over: a line would wait for ever, and nobody would hear of it. */
const neverComes = (value: string) =>
  new Failure({ class: 'contract.invalid', ...inWords('SCHEDULE_OVER', { value }), field: 'schedule', value, outcome: 'not-made' });
