import { readFileSync } from 'node:fs';
import { toStored } from '../../sandbox/kantata/account-time.ts';
import { Store } from '../../sandbox/kantata/store.ts';
import { bookedAssignment, emailOf } from '../nodes/booked-firm.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import type { FlowNode } from './mortal-node-red.ts';

const flows = (JSON.parse(readFileSync(new URL('../../flows/assignment-to-erp-and-crm.json', import.meta.url), 'utf8')) as FlowNode[])
  .filter(({ id }) => !['psc-a-crm', 'psc-a-open', 'psc-a-offer'].includes(id))
  .map((node) =>
    node.type === 'psa-assignment-in'
      ? { ...node, intervalSeconds: 0.3 }
      : node.type === 'psa-availability'
        ? { ...node, wires: [[]] }
        : node,
  );

const subsidiary = { externalId: 'DE01' };
const bookingId = (n: number) => String(6_000_000 + n);
const week = Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [`${day}_minutes`, 480]));
/** Every third booking changes one that was told before, every fourth releases one. */
const changes = (n: number) => n > 3 && n % 4 === 1;
const releases = (n: number) => n > 3 && n % 4 === 3;
const minutesOf = (n: number) => 60 + (n % 50);

const kept = ({ sandbox }: CrashHarness) =>
  Object.values(sandbox.netsuite.state.records['customrecord_psc_assignment'] ?? {}).map(({ externalId = '', fields }) => ({
    id: externalId.replace('kantata___', ''),
    minutes: Number(fields['custrecord_psc_minutes']),
    state: fields['custrecord_psc_state'],
  }));
/** What each booking must be in the ERP once the events up to `count` have ended. */
function expected(count: number): Map<string, { minutes: number; state: string }> {
  const books = new Map<string, { minutes: number; state: string }>();
  for (let n = 1; n <= count; n++) {
    const id = bookingId(changes(n) || releases(n) ? n - 1 : n);
    const before = books.get(id);
    books.set(id, { minutes: releases(n) && before ? before.minutes : minutesOf(n), state: releases(n) ? 'released' : 'booked' });
  }
  return books;
}

/** Bookings that are made, changed by the next event, and released by another. */
export const assignmentCase: KillCase = {
  flows,
  prepare({ sandbox }) {
    const { role, start } = bookedAssignment();
    sandbox.kantata.definition.load(sandbox.kantata, {
      roles: [{ id: '102', name: role }],
      users: [{ id: '301', full_name: 'Jana Weiss', email_address: emailOf('301') }],
      workweeks: [{ id: '401', default: false, ...week }],
      account_memberships: [{ id: '9301', user_id: '301', default_role_id: '102', effective_workweek_id: '401' }],
      workspaces: [{ id: '501', title: 'ENG-0001 · Rollout', currency: 'EUR', start_date: start }],
      workspace_resources: [{ id: '701', workspace_id: '501', user_id: '301', role_id: '102' }],
    });
    sandbox.netsuite.definition.load(sandbox.netsuite, {
      records: {
        employee: [{ externalId: 'EMP-001', firstName: 'Jana', lastName: 'Weiss', email: emailOf('301'), subsidiary }],
        customer: [{ externalId: 'ACC-0001____DE01', entityId: 'ACC-0001', companyName: 'Client', subsidiary }],
        job: [
          { externalId: 'ENG-0001', entityId: 'ENG-0001', companyName: 'Rollout', parent: { externalId: 'ACC-0001____DE01' }, subsidiary },
        ],
      },
    });
  },
  happen({ sandbox }, n) {
    const now = sandbox.clock.now().toISOString();
    const id = bookingId(changes(n) || releases(n) ? n - 1 : n);
    const { start: start_date, end: end_date } = bookedAssignment();
    const row = { id, workspace_id: '501', workspace_resource_id: '701', start_date, end_date, hard: true };
    const state = { ...row, minutes: releases(n) ? expected(n).get(id)!.minutes : minutesOf(n), updated_at: now };
    const psa = new Store(sandbox.kantata.state);
    const there = psa.find('workspace_allocations', id);
    if (!there) sandbox.kantata.definition.load(sandbox.kantata, { workspace_allocations: [{ created_at: now, ...state }] });
    else if (releases(n)) psa.remove('workspace_allocations', there);
    else psa.change('workspace_allocations', there, { minutes: state.minutes, updated_at: toStored(sandbox.clock.now()) });
    const verb = releases(n) ? 'deleted' : changes(n) ? 'updated' : 'created';
    sandbox.kantata.definition.load(sandbox.kantata, {
      subscribed_events: [
        {
          event_type: `workspace_allocation:${verb}`,
          ...{ subject_type: 'WorkspaceAllocation', subject_id: Number(id), subject_changed_at: now, created_at: now, updated_at: now },
          previous_payload: verb === 'created' ? null : state,
          current_payload: verb === 'deleted' ? null : state,
        },
      ],
    });
  },
  arrived: (harness, n) => {
    const id = bookingId(changes(n) || releases(n) ? n - 1 : n);
    const wanted = expected(n).get(id)!;
    return kept(harness).some((one) => one.id === id && one.minutes === wanted.minutes && one.state === wanted.state);
  },
  differences(harness, count) {
    const found = kept(harness);
    const wanted = expected(count);
    return [
      ...(found.length === wanted.size ? [] : [`${found.length} bookings instead of ${wanted.size}`]),
      ...found.flatMap(({ id, minutes, state }) => {
        const of = wanted.get(id);
        return of?.minutes === minutes && of.state === state ? [] : [`${id} is ${state} with ${minutes} minutes`];
      }),
    ];
  },
};
