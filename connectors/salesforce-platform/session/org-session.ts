import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { CredentialKeeper } from '../../../model/kept-credential.ts';
import { knownSecrets } from '../../../model/known-secrets.ts';
import type { ConnectionTest } from '../../../model/operations.ts';
import { outsideInstant } from '../../../model/outside-number.ts';
import { testedConnection } from '../../kit/connection-test.ts';
import { Descriptions } from '../query/describe.ts';
import { readRecords } from '../query/query.ts';
import { soqlText } from '../query/soql.ts';
import { checkedConfig, type SalesforceConfig } from '../settings.ts';
import { SalesforceRest } from '../wire.ts';
import { listIn, objectIn, textIn } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { OrgIdentity } from './org-identity.ts';

export interface SalesforcePorts {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls back after a while, unless what is answered is called before. */
  after(ms: number, callback: () => void): () => void;
  /** absent = what a sign-in changes is known for as long as the process lives */
  credentials?: CredentialKeeper;
}

const machine: SalesforcePorts = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * One login to one org, with one limiter and one view of its quota: what every connector to a product in that org stands on.
 * Throws a Failure that names the field when the configuration cannot work.
 */
export class OrgSession {
  readonly rest: SalesforceRest;
  readonly descriptions: Descriptions;
  readonly ports: SalesforcePorts;
  /** by what name the org knows the origin of our changes */
  readonly callOptionsClient: string;
  private readonly forget: () => void;

  constructor(config: SalesforceConfig, given: Partial<SalesforcePorts> = {}) {
    this.ports = { ...machine, ...given };
    const checked = checkedConfig(config);
    this.callOptionsClient = checked.callOptionsClient;
    this.forget = knownSecrets.learnAll([checked.clientSecret, checked.privateKey, checked.password, checked.refreshToken]);
    this.rest = new SalesforceRest(checked, this.ports);
    this.descriptions = new Descriptions(this.rest, this.ports.now);
  }

  /** Salesforce's own clock, to the second */
  async serverTime(signal?: AbortSignal): Promise<Date> {
    const answer = await this.rest.versions(signal);
    // the clock of whoever answers in its place would move the cursor
    listIn(answer.body, askedFor.versions);
    return clockOf(answer.headers['date'], this.ports.now());
  }

  test(signal: AbortSignal): Promise<ConnectionTest> {
    return testedConnection(() => asked(this.rest, signal));
  }

  health(): Record<string, Json> {
    return this.rest.health();
  }

  /** What was kept for this connection goes. */
  forgetKept(): Promise<void> {
    return this.rest.forgetKept();
  }

  close(): void {
    this.forget();
  }
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

async function asked(rest: SalesforceRest, signal: AbortSignal): Promise<ConnectionTest> {
  const versions = listIn((await rest.versions(signal)).body, askedFor.versions).map((item) =>
    String(objectIn(item, askedFor.versions)['version']),
  );
  if (!versions.includes(rest.apiVersion)) {
    const { message, words } = inWords('CONNECTED.salesforce-not', { version: rest.apiVersion, newest: String(versions.at(-1)) });
    return { ok: false, message, words };
  }
  const { orgId, userId } = await new OrgIdentity(rest).known(signal);
  const org = await seen(rest, 'SELECT Id, Name FROM Organization', signal);
  const user = userId ? await seen(rest, `SELECT Username FROM User WHERE Id = ${soqlText(userId)}`, signal) : undefined;
  const name = String(org?.['Name'] ?? 'Salesforce');
  const username = textIn(user?.['Username']);
  const { message, words } = inWords('CONNECTED.salesforce', {
    name,
    orgId,
    username: username ?? phrase('CONNECTED.salesforce-user'),
    version: rest.apiVersion,
  });
  return {
    ok: true,
    message,
    words,
    details: {
      organization: name,
      orgId,
      username: username ?? 'the integration user',
      apiVersion: rest.apiVersion,
      ...(rest.usage ? { apiRequestsUsed: rest.usage.used, apiRequestsMax: rest.usage.max } : {}),
    },
  };
}

/** A window that ended so far ahead would skip what comes until then. */
const farthestAheadMs = 366 * 86_400_000;

function clockOf(header: string | undefined, now: number): Date {
  const time = outsideInstant(header);
  if (time !== undefined && time - now < farthestAheadMs) return new Date(time);
  if (time !== undefined) {
    throw new Failure({
      class: 'contract.drift',
      ...inWords('SERVER_CLOCK', { time: new Date(time).toISOString() }),
      system: 'salesforce',
      field: 'Date',
    });
  }
  throw new Failure({
    class: 'contract.drift',
    ...inWords('NO_SERVER_CLOCK'),
    system: 'salesforce',
  });
}
