import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import type { Fault } from '../../sandbox/faults.ts';
import { storedReference } from './books.ts';

export type SystemName = 'salesforce' | 'netsuite' | 'kantata';

/** One kind of write that setting up a deal makes: the requests of one deal that are this write. */
export interface WriteKind {
  name: string;
  system: SystemName;
  match(code: string): NonNullable<Fault['match']>;
}

const erp = (name: string, type: string, externalId: (code: string) => string): WriteKind => ({
  name,
  system: 'netsuite',
  match: (code) => ({
    method: 'POST',
    path: `/record/v1/${type}$`,
    bodyContains: `"externalId":"${externalId(code).replace(/[^"]+/, erpId)}`,
  }),
});
const psa = (name: string, collection: string, bodyContains?: (code: string) => string): WriteKind => ({
  name,
  system: 'kantata',
  match: (code) => ({ method: 'POST', path: `/${collection}\\b`, ...(bodyContains ? { bodyContains: bodyContains(code) } : {}) }),
});
const referring = (ref: string) => `"service_model_ref":"${storedReference(ref)}"`;

export const writeKinds: WriteKind[] = [
  erp('customer', 'customer', (code) => `ACC-${code}@`),
  erp('billing schedule', 'billingSchedule', (code) => `${code}/`),
  erp('project', 'job', (code) => `${code}"`),
  erp('phase', 'projectTask', (code) => `${code}/P1"`),
  erp('task', 'projectTask', (code) => `${code}/P1/T1"`),
  psa('workspace', 'workspaces', (code) => referring(code)),
  psa('phase story', 'stories', (code) => referring(`${code}/P1`)),
  psa('task story', 'stories', (code) => referring(`${code}/P1/T1`)),
  psa('milestone story', 'stories', (code) => referring(`${code}/M1`)),
  psa('placeholder', 'workspace_resources', (code) => referring(`${code}/N1`)),
  // these two carry no business id: whichever deal comes first meets the mishap
  psa('skill', 'workspace_resource_skills'),
  psa('allocation', 'workspace_allocations', (code) => referring(`${code}/N1`)),
  psa('staffing request', 'resource_requests'),
  {
    name: 'status in the CRM',
    system: 'salesforce',
    match: (code) => ({ method: 'PATCH', path: '/sobjects/Opportunity/', bodyContains: ` ${code}"` }),
  },
];

/** What can happen to one request. */
export interface Mishap {
  name: string;
  fault: Omit<Fault, 'match'>;
}

export const mishaps: Mishap[] = [
  { name: 'its answer is lost after the commit', fault: { kind: 'dropAfter' } },
  { name: 'its connection is cut before', fault: { kind: 'dropBefore' } },
  { name: 'the system is away for three calls', fault: { kind: 'status', status: 503, times: 3 } },
  { name: 'the system asks to slow down', fault: { kind: 'status', status: 429, times: 2 } },
  { name: 'the system asks to come back in a second', fault: { kind: 'status', status: 429, headers: { 'Retry-After': '1' } } },
  { name: 'a gateway gives up with a page of HTML', fault: { kind: 'status', status: 502, body: '<html><h1>Bad Gateway</h1></html>' } },
  { name: 'the token has expired', fault: { kind: 'expireToken' } },
];
