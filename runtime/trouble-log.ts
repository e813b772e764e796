import type { Clock } from '../engine/clock.ts';
import type { Failure } from '../model/failure.ts';
import { logLine } from './log-line.ts';

/** Says in the log why nothing runs: the same once a minute, since a store that takes some writes and not others would fill it. */
export class TroubleLog {
  private readonly log: { error(text: string): void };
  private readonly clock: Pick<Clock, 'now'>;
  private last = { code: '', at: 0 };

  constructor(log: TroubleLog['log'], clock: Pick<Clock, 'now'>) {
    this.log = log;
    this.clock = clock;
  }

  say({ code, message, remedy = '' }: Failure): void {
    const now = this.clock.now();
    if (code === this.last.code && Math.abs(now - this.last.at) < 60_000) return;
    this.last = { code, at: now };
    logLine(this.log, 'error', `[ps-connect] ${message} ${remedy}`);
  }
}
