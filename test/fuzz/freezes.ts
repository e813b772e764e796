import type { Findings } from './findings.ts';
import type { House } from './inputs/input.ts';
import type { Trials } from './trials.ts';
import type { Suspect } from './under-way.ts';

/** The event loop may be held so long. */
export const mostFrozenMs = 200;
/** So long it is not the machine. */
const surelyFrozenMs = 1_000;

export interface Freeze {
  ms: number;
  house: House;
  suspects: Suspect[];
}

/** For how long the event loops were held, and by what. */
export class Freezes {
  /** the longest that counts */
  frozenMs = 0;
  /** the longest of all */
  heldMs = 0;
  private readonly trials: Trials;
  private readonly findings: Findings;
  private readonly long: Freeze[] = [];

  constructor(trials: Trials, findings: Findings) {
    this.trials = trials;
    this.findings = findings;
  }

  note(freeze: Freeze): void {
    const { ms } = freeze;
    this.heldMs = Math.max(this.heldMs, ms);
    if (ms > mostFrozenMs) this.long.push(freeze);
    else this.frozenMs = Math.max(this.frozenMs, ms);
  }

  /**
   * Plays what was under way at the longest alone, to say which input it was. What holds the process alone for as long counts; else
   * several came together, or the machine was slow, which counts only if it was very long.
   */
  async confirm(seconds: number): Promise<void> {
    const deadline = performance.now() + seconds * 1_000;
    const named = new Set<string>();
    const cleared = new Set<number>();
    for (const { ms, house, suspects } of this.long.toSorted((one, other) => other.ms - one.ms)) {
      const again = suspects.find(({ input }) => named.has(input.family));
      if (again) this.findings.add('frozen', `${again.input.family}: some time`, [again]);
      const left = suspects.filter(({ n }) => !cleared.has(n));
      if (again || left.length === 0) continue;
      const isLate = performance.now() > deadline;
      const culprit = isLate ? undefined : await this.trials.culprit(house, left, (trial) => trial.heldMs > mostFrozenMs);
      if (culprit) named.add(culprit.input.family);
      else if (!isLate) left.forEach(({ n }) => cleared.add(n));
      if (!culprit && !isLate && ms < surelyFrozenMs) continue;
      this.frozenMs = Math.max(this.frozenMs, culprit?.heldMs ?? ms);
      const what = `${Math.round(culprit?.heldMs ?? ms)} ms`;
      this.findings.add('frozen', culprit ? `${culprit.input.family}: ${what}` : what, culprit ? [culprit] : suspects);
    }
  }
}
