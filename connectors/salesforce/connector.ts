import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { CredentialKeeper } from '../../model/kept-credential.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { outsideInstant } from '../../model/outside-number.ts';
import type { ConnectionTest, ConnectorFor } from '../../model/operations.ts';
import { listIn, objectIn } from '../salesforce-platform/wire/answer-shape.ts';
import { checkedConfig, type SalesforceConfig } from '../salesforce-platform/settings.ts';
import { Descriptions, type ObjectDescription, type ObjectSummary } from '../salesforce-platform/query/describe.ts';
import { OpportunityPoll } from './opportunity-poll.ts';
import { queryRecords, readRecords } from '../salesforce-platform/query/query.ts';
import { OrgIdentity } from '../salesforce-platform/session/org-identity.ts';
import { SalesforceRest } from '../salesforce-platform/wire.ts';
import { soqlText } from '../salesforce-platform/query/soql.ts';
import { undoUpsert } from './undo.ts';
import { upsertRecords } from './record-upsert.ts';

export type { SalesforceConfig, SalesforceFlow } from '../salesforce-platform/settings.ts';
export type { FieldDescription, ObjectDescription, ObjectSummary } from '../salesforce-platform/query/describe.ts';

export interface SalesforceConnector extends ConnectorFor<'opportunity.poll' | 'record.upsert'> {
  /** Records of a SOQL query, paged; sub-queries are plain lists. `SELECT COUNT()` gives one `{count}`. */
  query(soql: string, signal: AbortSignal): AsyncIterable<JsonObject>;
  describe(sobject: string, signal?: AbortSignal): Promise<ObjectDescription>;
  listObjects(signal?: AbortSignal): Promise<ObjectSummary[]>;
  /** Salesforce's own clock, to the second */
  serverTime(signal?: AbortSignal): Promise<Date>;
}

export interface SalesforcePorts {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** absent = what a sign-in changes is known for as long as the process lives */
  credentials?: CredentialKeeper;
}

const machine: SalesforcePorts = {
  now: Date.now,
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
};

const never = () => new AbortController().signal;

/** A connection to one org. Throws a Failure that names the field when the configuration cannot work. */
export function createSalesforce(config: SalesforceConfig, given: Partial<SalesforcePorts> = {}): SalesforceConnector {
  const ports = { ...machine, ...given };
  const checked = checkedConfig(config);
  const forget = knownSecrets.learnAll([checked.clientSecret, checked.privateKey, checked.password, checked.refreshToken]);
  const rest = new SalesforceRest(checked, ports);
  const descriptions = new Descriptions(rest, ports.now);
  const serverTime = async (signal?: AbortSignal) => clockOf((await rest.versions(signal)).headers['date'], ports.now());
  const poll = new OpportunityPoll(rest, descriptions, serverTime);
  return {
    system: 'salesforce',
    test: (signal = never()) => testConnection(rest, signal),
    health: () => rest.health(),
    close: async () => forget(),
    forgetKept: () => rest.forgetKept(),
    query: (soql, signal) => queryRecords(rest, soql, signal),
    undo: (write) => undoUpsert(write),
    operations: {
      'opportunity.poll': (cursor, options, signal) => poll.page(cursor, options, signal),
      'record.upsert': (request, context) => upsertRecords(rest, request, context, ports),
    },
    describe: (sobject, signal = never()) => descriptions.of(sobject, signal),
    listObjects: (signal = never()) => descriptions.list(signal),
    serverTime,
  };
}

/** What is only said, not needed: left out where the user may not read it. */
async function seen(rest: SalesforceRest, soql: string, signal: AbortSignal): Promise<JsonObject | undefined> {
  try {
    return (await readRecords(rest, soql, signal))[0];
  } catch (error) {
    if (Failure.is(error) && (error.class === 'auth.denied' || ['INVALID_TYPE', 'INVALID_FIELD'].includes(error.code))) return undefined;
    throw error;
  }
}

async function testConnection(rest: SalesforceRest, signal: AbortSignal): Promise<ConnectionTest> {
  try {
    const versions = listIn((await rest.versions(signal)).body, 'the version list').map((item) =>
      String(objectIn(item, 'the version list')['version']),
    );
    if (!versions.includes(rest.apiVersion)) {
      return { ok: false, message: `The org does not serve API v${rest.apiVersion}; its newest is v${versions.at(-1)}.` };
    }
    const { orgId, userId } = await new OrgIdentity(rest).known(signal);
    const org = await seen(rest, 'SELECT Id, Name FROM Organization', signal);
    const user = userId ? await seen(rest, `SELECT Username FROM User WHERE Id = ${soqlText(userId)}`, signal) : undefined;
    const name = String(org?.['Name'] ?? 'Salesforce');
    const username = String(user?.['Username'] ?? 'the integration user');
    return {
      ok: true,
      message: `Connected to ${name} (${orgId}) as ${username}, API v${rest.apiVersion}`,
      details: {
        organization: name,
        orgId,
        username,
        apiVersion: rest.apiVersion,
        ...(rest.usage ? { apiRequestsUsed: rest.usage.used, apiRequestsMax: rest.usage.max } : {}),
      },
    };
  } catch (error) {
    const failure = Failure.from(error);
    return { ok: false, message: [failure.message, failure.remedy].filter(Boolean).join(' ') };
  }
}

/** A window that ended so far ahead would skip what comes until then. */
const farthestAheadMs = 366 * 86_400_000;

function clockOf(header: string | undefined, now: number): Date {
  const time = outsideInstant(header);
  if (time !== undefined && time - now < farthestAheadMs) return new Date(time);
  if (time !== undefined) {
    throw new Failure({
      class: 'contract.drift',
      code: 'SERVER_CLOCK',
      system: 'salesforce',
      message: `The answer says that it is ${new Date(time).toISOString()}, so the end of the poll window is not known.`,
      field: 'Date',
      remedy: 'Check the clock of this machine, and what stands between it and the org.',
    });
  }
  throw new Failure({
    class: 'contract.drift',
    code: 'NO_SERVER_CLOCK',
    system: 'salesforce',
    message: 'The answer has no Date header, so the end of the poll window is not known.',
    remedy: 'Check that no proxy removes it.',
  });
}
