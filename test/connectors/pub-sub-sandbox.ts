import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import type { SalesforceConfig, SalesforceConnector, SalesforcePorts } from '../../connectors/salesforce/connector.ts';
import type { Json } from '../../model/json.ts';
import type { OpportunityStreamOptions, StreamPage } from '../../model/operations.ts';
import { eventBus } from '../../sandbox/salesforce/pubsub/event-bus.ts';
import type { PubSubFault } from '../../sandbox/salesforce/pubsub/pub-sub-faults.ts';
import { trustSandbox } from '../trust-sandbox.ts';
import { SalesforceSandbox } from './salesforce-sandbox.ts';

/** A running org with its event bus. */
export class PubSubSandbox extends SalesforceSandbox {
  override async start(records: Parameters<SalesforceSandbox['start']>[0] = []): Promise<this> {
    trustSandbox();
    await this.sim.start();
    await this.sim.startBeside();
    this.load(records);
    return this;
  }

  get bus() {
    return eventBus(this.sim)!;
  }

  play(fault: PubSubFault): void {
    this.bus.faults.play(fault);
  }

  /** A connector whose long waits are this test's to end. */
  listener(change: Partial<SalesforceConfig> = {}, ports: Partial<SalesforcePorts> = {}): SalesforceConnector {
    const { pubsub = '' } = this.credentials();
    return createSalesforce(this.settings({ pubsub, ...change }), { sleep: async () => undefined, ...ports });
  }
}

/** A node that listens: it stores each page, and only then asks for the next. */
export class Listener {
  readonly pages: StreamPage[] = [];
  /** as the last page that was stored left it */
  cursor: Json | undefined;
  readonly controller = new AbortController();
  failure: unknown;
  private readonly iterator: AsyncIterator<StreamPage>;

  constructor(connector: SalesforceConnector, options: Partial<OpportunityStreamOptions> = {}, cursor?: Json) {
    this.cursor = cursor;
    const given = { rule: 'won' as const, ...options };
    this.iterator = connector.operations['opportunity.stream'](cursor, given, this.controller.signal)[Symbol.asyncIterator]();
  }

  /** The next page, not stored yet. */
  async page(): Promise<StreamPage> {
    const { value } = await this.iterator.next();
    this.pages.push(value as StreamPage);
    return value as StreamPage;
  }

  /** Stores pages until one is as wanted. */
  async until(wanted: (page: StreamPage) => boolean): Promise<StreamPage> {
    for (;;) {
      const page = await this.page();
      this.cursor = page.cursor;
      if (wanted(page)) return page;
    }
  }

  /** Listening, with all stored that was before. */
  async listening(): Promise<this> {
    await this.until((page) => !page.more);
    await this.until((page) => !page.more);
    return this;
  }

  get subjects(): string[] {
    return this.pages.flatMap(({ events }) => events.map(({ subject }) => subject));
  }

  async stop(): Promise<void> {
    this.controller.abort();
    await this.iterator.return?.();
  }
}
