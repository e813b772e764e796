import type { Sandbox } from '../../sandbox/server.ts';
import type { Assignment } from '../../model/types.generated.ts';

const stamp = { created_at: '2026-11-01T10:00:00Z', updated_at: '2026-11-01T10:00:00Z' };
const week = Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [`${day}_minutes`, 480]));
const people = ['301', '302', '303'];
export const emailOf = (id: string) => `person.${id}@firm.example`;

/** A project on which one of three consultants is booked, known to PSA and ERP; all work 40 hours a week. */
export function loadBookedFirm({ kantata, netsuite }: Sandbox): void {
  kantata.definition.load(kantata, {
    roles: [{ id: '102', name: 'Senior Consultant' }],
    skills: [{ id: '201', name: 'SAP', max_level: 5 }],
    users: people.map((id) => ({ id, full_name: `Person ${id}`, email_address: emailOf(id) })),
    workweeks: [{ id: '401', default: false, ...week }],
    account_memberships: people.map((id) => ({ id: `9${id}`, user_id: id, default_role_id: '102', effective_workweek_id: '401' })),
    workspaces: [{ id: '501', title: 'ENG-0001 · Rollout', currency: 'EUR' }],
    workspace_resources: [{ id: '701', workspace_id: '501', user_id: '301', role_id: '102', ...stamp }],
    workspace_allocations: [
      {
        ...{ id: '601', workspace_id: '501', workspace_resource_id: '701', start_date: '2026-12-07', end_date: '2026-12-11' },
        ...{ minutes: 1200, hard: true, ...stamp },
      },
    ],
  });
  const subsidiary = { externalId: 'DE01' };
  netsuite.definition.load(netsuite, {
    records: {
      employee: people.map((id) => ({ externalId: `EMP-${id}`, firstName: 'Person', lastName: id, email: emailOf(id), subsidiary })),
      customer: [{ externalId: 'ACC-0001____DE01', entityId: 'ACC-0001', companyName: 'Client', subsidiary }],
      job: [
        { externalId: 'ENG-0001', entityId: 'ENG-0001', companyName: 'Rollout', parent: { externalId: 'ACC-0001____DE01' }, subsidiary },
      ],
    },
  });
}

/** That booking as a message carries it. */
export const bookedAssignment = (change: Partial<Assignment> = {}): Assignment => ({
  id: 'kantata:601',
  source: { system: 'kantata', id: '601' },
  resource: { id: '301', email: emailOf('301') },
  role: 'Senior Consultant',
  project: { id: '501', code: 'ENG-0001' },
  start: '2026-12-07',
  end: '2026-12-11',
  minutes: 1200,
  booking: 'hard',
  status: 'assigned',
  version: 'v1',
  sourceUpdatedAt: '2026-11-01T10:00:00.000Z',
  ...change,
});

/** What the ERP keeps of bookings. */
export const keptBookings = ({ netsuite }: Sandbox) =>
  Object.values(netsuite.state.records['customrecord_psc_assignment'] ?? {}).map(({ externalId, fields }) => ({ externalId, ...fields }));

/** Somebody plans in the PSA. */
export async function plan(
  { urls, credentials }: Pick<Sandbox, 'urls' | 'credentials'>,
  method: 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<void> {
  const answer = await fetch(`${urls.kantata}/api/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${credentials.kantata['accessToken']}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
}

/** What a node that asks for people of the firm refuses, whatever it wants to know of them. */
export const refusedSearches = [
  {
    what: 'days in the wrong order',
    message: { payload: { start: '2026-12-11', end: '2026-12-07' } },
    field: 'to',
    says: /The last day \(2026-12-07\) is before the first/,
    german: /Der letzte Tag \(2026-12-07\) liegt vor dem ersten/,
  },
  { what: 'no day', message: { payload: {} }, field: 'from', says: /from is not a day/, german: /from ist kein Tag/ },
  {
    what: 'a role that is not there',
    message: { payload: bookedAssignment({ role: 'Sorcerer' }) },
    field: 'role',
    says: /no role "Sorcerer"/,
  },
];
