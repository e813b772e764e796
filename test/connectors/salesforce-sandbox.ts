import { createSalesforce, type SalesforceConfig, type SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Effects } from '../../model/operations.ts';
import type { Fault } from '../../sandbox/faults.ts';
import type { JournalEntry } from '../../sandbox/journal.ts';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { Simulator } from '../../sandbox/simulator.ts';

export const signal = new AbortController().signal;

export const contextOf = (effects: Effects) => ({ effects, signal });

/** A running org for one suite, with what a test asks of it. */
export class SalesforceSandbox {
  readonly sim = new Simulator(salesforce, { port: 0 });

  async start(records: JsonObject[] = []): Promise<this> {
    await this.sim.start();
    this.load(records);
    return this;
  }

  stop(): Promise<void> {
    return this.sim.stop();
  }

  load(records: JsonObject[]): void {
    if (records.length > 0) salesforce.load(this.sim, { records });
  }

  /** As new, with the same credentials. */
  async reset(records: JsonObject[] = []): Promise<void> {
    await fetch(`${this.sim.url}/__sandbox/reset`, { method: 'POST' });
    this.load(records);
  }

  credentials(): Record<string, string> {
    return salesforce.credentials(this.sim);
  }

  settings(change: Partial<SalesforceConfig> = {}): SalesforceConfig {
    const { clientId = '', clientSecret = '', username = '', password = '', privateKey = '' } = this.credentials();
    return { loginUrl: this.sim.url, flow: 'jwt-bearer', clientId, clientSecret, username, password, privateKey, ...change };
  }

  connector(change: Partial<SalesforceConfig> = {}): SalesforceConnector {
    return createSalesforce(this.settings(change), { now: Date.now, sleep: async () => {} });
  }

  fault(fault: Fault): void {
    this.sim.faults.add(fault);
  }

  /** Writes that changed something. */
  changes(type?: string): JournalEntry[] {
    const applied = ['created', 'updated', 'deleted'];
    return this.sim.journal.entries.filter((entry) => applied.includes(entry.outcome) && (type === undefined || entry.type === type));
  }

  async only(soql: string): Promise<JsonObject> {
    for await (const record of this.connector().query(soql, signal)) return record;
    throw new Error(`no record: ${soql}`);
  }
}
