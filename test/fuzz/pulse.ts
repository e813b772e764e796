import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PulseOptions {
  child: ChildProcess;
  /** where test/fuzz/probe.cjs writes down where the process is */
  folder: string;
  /** works for so long without a sign of life = it hangs */
  hungMs: number;
  hung(how: { detail: string; ms: number }): void;
}

/** Whether a process gives signs of life, or works without giving any. */
export class Pulse {
  private readonly options: PulseOptions;
  private readonly watch: NodeJS.Timeout;
  private beatAt = 0;
  private workedAtBeat = 0;
  private lookedAt = Date.now();

  constructor(options: PulseOptions) {
    this.options = options;
    this.beat();
    this.watch = setInterval(() => this.look(), 250);
  }

  beat(): void {
    this.beatAt = Date.now();
    this.workedAtBeat = workedMs(this.options.child.pid);
  }

  /** Nobody looks any more. */
  stop(): void {
    clearInterval(this.watch);
  }

  private look(): void {
    const since = Date.now() - this.lookedAt;
    this.lookedAt = Date.now();
    // the one who looks has been away: what was said in the meantime is heard first
    if (since > 1_000) return this.beat();
    const { child, hungMs } = this.options;
    const silent = Date.now() - this.beatAt;
    if (silent < hungMs) return;
    const ms = Math.max(workedMs(child.pid) - this.workedAtBeat, silent > 60_000 ? silent : 0);
    if (ms < hungMs) return; // the machine has given it no time
    this.stop();
    void this.tellWhere().then((where) => this.options.hung({ detail: `it works and does not answer, in ${where}`, ms }));
  }

  /** Where a process is that does not come back from its work. */
  private async tellWhere(): Promise<string> {
    const file = join(this.options.folder, 'stack.json');
    for (let tries = 0; tries < 40 && !existsSync(file); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      const calls = JSON.parse(readFileSync(file, 'utf8')) as string[];
      const different = [...new Set(calls)];
      return [
        ...different.slice(0, 3),
        ...different
          .slice(3)
          .filter((call) => call.includes('dist/'))
          .slice(0, 3),
      ].join(' ← ');
    } catch {
      return 'code that cannot be interrupted';
    }
  }
}

/** For how long a process's main thread has had the processor; where that cannot be seen, the time of the clock. */
function workedMs(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10; // in hundredths of a second
  } catch {
    return performance.now();
  }
}
