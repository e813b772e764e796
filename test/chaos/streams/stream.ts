import type { Sandbox } from '../../../sandbox/server.ts';
import type { FlowNode } from '../mortal-node-red.ts';

/** One business event as a sender sends it by webhook. */
export interface Letter {
  /** webhook path below the HTTP root */
  path: string;
  /** the sender's id of the event: the same at every repetition */
  id: string;
  subject: string;
  data: unknown;
}

/** What a flow asks a person. */
export interface Question {
  id: string;
  title: string;
  /** business id of its run */
  subject?: string;
}

/** What a stream's records in the systems are, compared with what they must be; each line names one record. */
export interface Differences {
  lost: string[];
  duplicated: string[];
  orphaned: string[];
}

/** One kind of business event that happens throughout, with its flow and an oracle of the books it must lead to. */
export interface Stream {
  name: string;
  flows: FlowNode[];
  /** what all its events need: people, roles, accounts */
  prepare(sandbox: Sandbox): void;
  /**
   * The `n`-th event happens. It answers letters for the sender, which are sent one after the other, each after the one before
   * was acknowledged; or nothing, when it happened in a system itself.
   */
  happen(sandbox: Sandbox, n: number): Letter[];
  /** how many of those that happened must end as dead letters, or undone */
  expected(): { dead: number; undone: number };
  /** the dead letters among these, by business id and code of the failure, where there is more to say of them than their number */
  refusals?(): { subject: string; code: string }[];
  /** a person answers a question of its flow; nothing, when it is not of this stream */
  answer?(sandbox: Sandbox, question: Question): 'approve' | 'reject' | undefined;
  differences(sandbox: Sandbox): Differences;
}

export const noDifferences = (): Differences => ({ lost: [], duplicated: [], orphaned: [] });

export const connections: FlowNode[] = [
  {
    id: 'crm',
    type: 'system-connection',
    name: 'CRM',
    system: 'salesforce',
    salesforceEnvironment: 'SALESFORCE',
    salesforceFlow: 'client-credentials',
  },
  {
    ...{ id: 'erp', type: 'system-connection', name: 'ERP', netsuiteEnvironment: 'NETSUITE', system: 'netsuite', netsuiteAuth: 'oauth2' },
    ...{ netsuiteServiceItem: 'SVC-CONSULTING', netsuiteConcurrency: 4 },
  },
  { id: 'psa', type: 'system-connection', name: 'PSA', kantataEnvironment: 'KANTATA', system: 'kantata', kantataSettleAfterMs: 200 },
  // an outage is longer here than a policy's attempts would last
  {
    id: 'patient',
    type: 'run-policy',
    name: '',
    maxAttempts: 100,
    firstDelaySeconds: 0.2,
    factor: 2,
    maxDelaySeconds: 2,
    stallAfterMinutes: 5,
  },
  {
    ...{ id: 'all-or-nothing', type: 'run-policy', name: '', maxAttempts: 100, firstDelaySeconds: 0.2, factor: 2, maxDelaySeconds: 2 },
    ...{ stallAfterMinutes: 5, onPermanentFailure: 'compensate' },
  },
];

/** A node on the tab of its stream. */
export function node(tab: string, id: string, type: string, wires: string[][], more: object = {}): FlowNode {
  return {
    id: `${tab}-${id}`,
    type,
    z: tab,
    name: '',
    x: 100,
    y: 100,
    wires: wires.map((ends) => ends.map((end) => `${tab}-${end}`)),
    ...more,
  };
}

/** A webhook that stores each event before it acknowledges it. */
export const webhook = (tab: string, to: string, policy: string): FlowNode =>
  node(tab, 'in', 'business-event-in', [[to]], {
    ...{ path: `events/${tab}`, signature: 'standard-webhooks', environment: 'CHAOS_EVENTS', policy },
    ...{ key: 'subject', keyType: 'jsonata', subject: '', subjectType: 'jsonata', eventId: '', eventIdType: 'jsonata' },
    ...{ eventType: 'com.psconnect.chaos', eventSource: '/chaos', maxKilobytes: 256 },
  });
