import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../model/failure.ts';
import { keepReleasing } from './mapped-runs.ts';
import { JournalWatch } from './journal-watch.ts';
import { KpiKeeper } from './kpis/kpi-keeper.ts';
import { logLine } from './log-line.ts';
import { keepRetention } from './retention.ts';

interface Ports {
  engine: Engine;
  clock: Clock;
  log: { info(text: string): void; warn(text: string): void; error(text: string): void };
  retentionDays: number;
  /** type of a node in the flows that run */
  typeOf(node: string): string | undefined;
  /** whether the flows run */
  ready(): boolean;
  /** undefined = it is open */
  tell(trouble: Failure | undefined): void;
}

/** The store's being open: it is tried until it can be, and what is looked after in an open store begins with the first time. */
export class StoreOpening {
  private readonly ports: Ports;
  private open = false;
  private lookedAfter = false;

  constructor(ports: Ports) {
    this.ports = ports;
  }

  get isOpen(): boolean {
    return this.open;
  }

  async begin(): Promise<void> {
    const { engine, clock, log, tell } = this.ports;
    try {
      const { recovered, remarks = [] } = await engine.open();
      this.open = true;
      for (const remark of remarks) logLine(log, 'warn', `[ps-connect] ${remark}`);
      if (recovered > 0) logLine(log, 'info', `[ps-connect] ${recovered} runs that were under way are delivered again`);
      tell(undefined);
      this.lookAfter();
    } catch (error) {
      tell(Failure.from(error));
      clock.after(3_000, () => void this.begin());
    }
  }

  /** Node-RED stops for good: all runs are given back, and the store is free for others. */
  async end(): Promise<void> {
    this.open = false;
    await this.ports.engine.close();
  }

  private lookAfter(): void {
    if (this.lookedAfter) return;
    this.lookedAfter = true;
    const { engine, clock, log, retentionDays, typeOf, ready } = this.ports;
    void keepRetention({ store: engine.store, clock, log }, retentionDays);
    void keepReleasing({ engine, clock, log });
    new JournalWatch(engine.store, clock, log);
    new KpiKeeper({ store: engine.store, clock, log, typeOf, ready });
  }
}
