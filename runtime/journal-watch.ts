import type { Clock } from '../engine/clock.ts';
import type { Store } from '../engine/store.ts';
import { Failure } from '../model/failure.ts';
import { logLine } from './log-line.ts';

/**
 * Says once a day where the journal ends, so that a log server elsewhere holds what nobody on this machine can change; and that it is
 * not the one that was anchored, if so.
 */
export class JournalWatch {
  private readonly store: Pick<Store, 'journalState'>;
  private readonly clock: Clock;
  private readonly log: { info(text: string): void; warn(text: string): void; error(text: string): void };

  constructor(store: Pick<Store, 'journalState'>, clock: Clock, log: JournalWatch['log']) {
    this.store = store;
    this.clock = clock;
    this.log = log;
    void this.tell();
  }

  private async tell(): Promise<void> {
    try {
      const { head, flaw, trouble } = await this.store.journalState();
      if (head) logLine(this.log, 'info', `[ps-connect] journal: ends at ${head.seq}:${head.hash}`);
      if (flaw) logLine(this.log, 'error', `[ps-connect] ${flaw.message} ${flaw.remedy}`);
      if (trouble !== undefined) logLine(this.log, 'warn', `[ps-connect] ${trouble}`);
    } catch (error) {
      logLine(this.log, 'warn', `[ps-connect] the end of the journal could not be read: ${Failure.from(error).message}`);
    }
    this.clock.after(86_400_000, () => void this.tell());
  }
}
