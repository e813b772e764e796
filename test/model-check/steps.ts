import type { Clock } from '../../engine/clock.ts';

/** One thing that can happen next. `cost` is what it takes from the fault budget; the ordinary course is free. */
export interface Choice {
  label: string;
  cost: number;
  take(): void;
}

export interface Outcome {
  name: string;
  cost?: number;
  take(): void;
}

/** Something that a process or a system waits for; exactly one of its outcomes will happen, when the scheduler says so. */
export interface Step {
  /** process it belongs to; 0 = the outside world, which no crash touches */
  owner: number;
  label: string;
  /** virtual time at which it was asked for */
  since: number;
  /** further moments that it carries: two steps that differ in these are not the same */
  times: number[];
  outcomes: Outcome[];
}

interface Timer {
  owner: number;
  at: number;
  callback: () => void;
}

/** Everything that waits: steps, `setImmediate` callbacks, timers. Nothing happens that the scheduler has not chosen. */
export class Steps {
  now = 1_700_000_000_000;
  /** process whose code runs at this moment */
  current = 0;
  pending: Step[] = [];
  turns: { owner: number; callback: () => void }[] = [];
  timers: Timer[] = [];
  /** processes that stand still */
  readonly frozen = new Set<number>();

  clockOf(owner: number): Clock {
    return {
      now: () => this.now,
      after: (ms, callback) => {
        const timer = { owner, at: this.now + Math.max(0, ms), callback };
        this.timers.push(timer);
        return () => {
          this.timers = this.timers.filter((other) => other !== timer);
        };
      },
    };
  }

  add(owner: number, label: string, outcomes: Outcome[], times: number[] = []): void {
    this.pending.push({ owner, label, since: this.now, times, outcomes });
  }

  turn(callback: () => void): void {
    this.turns.push({ owner: this.current, callback });
  }

  /** A process is gone: whatever it waited for will never happen. */
  drop(owner: number): Step[] {
    const gone = this.pending.filter((step) => step.owner === owner);
    this.pending = this.pending.filter((step) => step.owner !== owner);
    this.turns = this.turns.filter((turn) => turn.owner !== owner);
    this.timers = this.timers.filter((timer) => timer.owner !== owner);
    return gone;
  }

  /** What can happen next, of what waits; the first is the ordinary course. */
  choices(): Choice[] {
    const choices: Choice[] = [];
    const seen = new Set<number>();
    for (const turn of this.turns) {
      if (seen.has(turn.owner) || this.frozen.has(turn.owner)) continue; // Node runs them in order
      seen.add(turn.owner);
      choices.push({ label: `turn of process ${turn.owner}`, cost: 0, take: () => this.run(turn.owner, () => this.takeTurn(turn)) });
    }
    for (const step of this.pending) {
      if (this.frozen.has(step.owner)) continue;
      for (const { name, cost = 0, take } of step.outcomes) {
        choices.push({ label: `${step.label}: ${name}`, cost, take: () => this.run(step.owner, () => this.takeStep(step, take)) });
      }
    }
    return choices;
  }

  nextTimer(): Timer | undefined {
    return this.timers.filter(({ owner }) => !this.frozen.has(owner)).toSorted((left, right) => left.at - right.at)[0];
  }

  fire(timer: Timer): void {
    this.timers = this.timers.filter((other) => other !== timer);
    this.now = Math.max(this.now, timer.at);
    this.run(timer.owner, timer.callback);
  }

  private takeTurn(turn: { callback: () => void }): void {
    this.turns = this.turns.filter((other) => other !== turn);
    turn.callback();
  }

  private takeStep(step: Step, take: () => void): void {
    this.pending = this.pending.filter((other) => other !== step);
    take();
  }

  private run(owner: number, work: () => void): void {
    this.current = owner;
    work();
  }
}

/** Resolves when every promise that could go on has gone on: the tick queue comes after all of them. */
export const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
