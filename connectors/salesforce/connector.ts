import type { JsonObject } from '../../model/json.ts';
import type { ConnectorFor } from '../../model/operations.ts';
import type { ObjectDescription, ObjectSummary } from '../salesforce-platform/query/describe.ts';
import { queryRecords } from '../salesforce-platform/query/query.ts';
import { OrgSession, type SalesforcePorts } from '../salesforce-platform/session/org-session.ts';
import type { SalesforceConfig } from '../salesforce-platform/settings.ts';
import { Turns } from '../kit/turns.ts';
import { AccountPoll } from './account-poll.ts';
import { ContractPoll } from './contract-poll.ts';
import { writeInvoiceStatus } from './crm-invoice-status-write.ts';
import { OpportunityPoll } from './opportunity-poll.ts';
import { RecordQuery } from './record-query.ts';
import { OpportunityStream } from './opportunity-stream.ts';
import { upsertRecords } from './record-upsert.ts';
import { undoUpsert } from './undo.ts';

export type { FieldDescription, ObjectDescription, ObjectSummary } from '../salesforce-platform/query/describe.ts';
export type { SalesforcePorts } from '../salesforce-platform/session/org-session.ts';
export type { SalesforceConfig, SalesforceFlow } from '../salesforce-platform/settings.ts';

export interface SalesforceConnector extends ConnectorFor<
  | 'opportunity.poll'
  | 'opportunity.stream'
  | 'account.poll'
  | 'contract.poll'
  | 'record.upsert'
  | 'record.query'
  | 'crm-invoice-status.write'
> {
  /** Records of a SOQL query, paged; sub-queries are plain lists. `SELECT COUNT()` gives one `{count}`. */
  query(soql: string, signal: AbortSignal): AsyncIterable<JsonObject>;
  describe(sobject: string, signal?: AbortSignal): Promise<ObjectDescription>;
  listObjects(signal?: AbortSignal): Promise<ObjectSummary[]>;
  /** Salesforce's own clock, to the second */
  serverTime(signal?: AbortSignal): Promise<Date>;
}

const never = () => new AbortController().signal;

/** Salesforce CRM in one org. Throws a Failure that names the field when the configuration cannot work. */
export function createSalesforce(config: SalesforceConfig, given: Partial<SalesforcePorts> = {}): SalesforceConnector {
  return salesforceOn(new OrgSession(config, given));
}

/** The same on a session that other products of the org may stand on, too. */
export function salesforceOn(session: OrgSession): SalesforceConnector {
  const { rest, descriptions, ports } = session;
  const serverTime = (signal?: AbortSignal) => session.serverTime(signal);
  const turns = new Turns();
  const poll = new OpportunityPoll(rest, descriptions, serverTime);
  const accounts = new AccountPoll(rest, descriptions, serverTime);
  const stream = new OpportunityStream(session, poll);
  const contracts = new ContractPoll(rest, descriptions, serverTime);
  return {
    system: 'salesforce',
    test: (signal = never()) => session.test(signal),
    health: () => session.health(),
    close: async () => session.close(),
    forgetKept: () => session.forgetKept(),
    query: (soql, signal) => queryRecords(rest, soql, signal),
    undo: (write) => undoUpsert(write),
    operations: {
      'opportunity.poll': (cursor, options, signal) => poll.page(cursor, options, signal),
      'account.poll': (cursor, options, signal) => accounts.page(cursor, options, signal),
      'opportunity.stream': (cursor, options, signal) => stream.pages(cursor, options, signal),
      'contract.poll': (cursor, options, signal) => contracts.page(cursor, options, signal),
      'record.upsert': (request, context) => upsertRecords(rest, request, context, { ...ports, descriptions }),
      'record.query': async (request, context, take) => new RecordQuery(rest, request, context, { ...ports, descriptions }, take).run(),
      'crm-invoice-status.write': (status, context) => writeInvoiceStatus(rest, status, context, { descriptions, turns }),
    },
    describe: (sobject, signal = never()) => descriptions.of(sobject, signal),
    listObjects: (signal = never()) => descriptions.list(signal),
    serverTime,
  };
}
