import { Failure, type FailureClass } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { doubled } from '../../model/pause.ts';

export interface CircuitRule {
  /** failures one after the other that open it */
  failures: number;
  firstMs: number;
  longestMs: number;
}
const usual: CircuitRule = { failures: 5, firstMs: 2_000, longestMs: 300_000 };

/** Failures that say that the system is away; others show that it is there. */
const away: ReadonlySet<FailureClass> = new Set(['transient.unavailable', 'transient.timeout']);
/** Says nothing about the system: the call was given up here, or not made yet. */
const silent: ReadonlySet<string> = new Set(['ABORTED', 'CIRCUIT_OPEN', 'RUN_TAKEN_OVER', 'NOT_SETTLED_YET', 'LEASE_RAN_OUT']);

/**
 * Spares a system that is away, and the runs that would be tried in vain: after some failures in a row calls fail at once
 * for a growing time, then one call tries it. (Nygard, Release It!, "Circuit Breaker")
 */
export class Circuit {
  private readonly name: string;
  private readonly clock: { now(): number };
  private readonly rule: CircuitRule;
  private inARow = 0;
  private opened = 0;
  private openUntil = 0;
  private pauseMs = 0;
  private trying = false;

  constructor(name: string, clock: { now(): number }, rule: CircuitRule = usual) {
    this.name = name;
    this.clock = clock;
    this.rule = rule;
  }

  get state(): 'closed' | 'open' | 'trying' {
    if (this.opened === 0) return 'closed';
    return this.trying || this.clock.now() >= this.openUntil ? 'trying' : 'open';
  }

  health(): { state: Circuit['state']; failures: number; until?: number } {
    return { state: this.state, failures: this.inARow, ...(this.opened > 0 ? { until: this.openUntil } : {}) };
  }

  /** Makes a call, if it may be made now. `failureIn` reads a failure out of an answer that carries some (a batch). */
  async call<T>(work: () => Promise<T>, failureIn: (answer: T) => Failure | undefined = () => undefined): Promise<T> {
    const trial = this.enter();
    try {
      const answer = await work();
      this.note(failureIn(answer));
      return answer;
    } catch (error) {
      this.note(Failure.from(error));
      throw error;
    } finally {
      if (trial) this.trying = false;
    }
  }

  /** True when this call is the one that tries. */
  private enter(): boolean {
    if (this.opened === 0) return false;
    this.openUntil = Math.min(this.openUntil, this.clock.now() + this.pauseMs); // the clock may have been put back
    const left = this.openUntil - this.clock.now();
    if (left > 0 || this.trying) throw this.openFailure(Math.max(left, this.rule.firstMs / 10));
    this.trying = true;
    return true;
  }

  private note(failure: Failure | undefined): void {
    if (failure && silent.has(failure.code)) return;
    if (!failure || !away.has(failure.class)) {
      this.inARow = 0;
      this.opened = 0;
      return;
    }
    this.inARow++;
    const now = this.clock.now();
    if (this.inARow < this.rule.failures || now < this.openUntil) return; // others that were under way when it opened
    this.pauseMs = doubled(this.rule.firstMs, this.opened, this.rule.longestMs);
    this.openUntil = now + this.pauseMs;
    this.opened++;
  }

  private openFailure(retryAfterMs: number): Failure {
    return new Failure({
      class: 'transient.unavailable',
      ...inWords('CIRCUIT_OPEN', { name: this.name, times: this.inARow }),
      outcome: 'not-made',
      retryAfterMs: Math.ceil(retryAfterMs),
    });
  }
}
