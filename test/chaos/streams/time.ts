import { keyOfErpId } from '../../../sandbox/netsuite/firm/erp-ids.ts';
import type { Sandbox } from '../../../sandbox/server.ts';
import { connections, type Letter, node, noDifferences, type Stream, webhook } from './stream.ts';

const tab = 'time';
const project = 'CHAOS-TIME';
const employee = 'chaos.time@firm.example';

/** Every 20th entry is of a project that nobody knows: it must become a dead letter. Every 7th is corrected after it was sent, every 9th taken back. */
const isRefused = (n: number) => n % 20 === 19;
const isCorrected = (n: number) => n % 7 === 3 && !isRefused(n);
const isTakenBack = (n: number) => n % 9 === 4 && !isRefused(n) && !isCorrected(n);
const minutesOf = (n: number) => 15 + (n % 32) * 15;
const subjectOf = (n: number) => `chaos:${n}`;

/** Approved time by webhook, posted to the ERP in micro-batches. */
export function timeStream(): Stream {
  const happened: number[] = [];
  return {
    name: 'time',
    flows: [
      ...connections,
      { id: tab, type: 'tab', label: tab },
      webhook(tab, 'check', 'patient'),
      node(tab, 'check', 'contract-check', [['post'], ['dead']], { contract: 'time-entry', policy: 'patient' }),
      node(tab, 'post', 'erp-post-timesheet', [[], []], {
        connection: 'erp',
        policy: 'patient',
        batchSize: 20,
        batchSeconds: 0.2,
        withdrawn: 'remove',
      }),
      node(tab, 'dead', 'dead-letter', [[]], { reason: '', emit: 'none' }),
    ],
    prepare: ({ netsuite }) =>
      netsuite.definition.load(netsuite, {
        records: {
          employee: [
            {
              ...{ externalId: 'EMP-CHAOS', entityId: 'Chaos Time', firstName: 'Chaos', lastName: 'Time', email: employee },
              subsidiary: { externalId: 'DE01' },
            },
          ],
          customer: [{ externalId: 'ACC-CHAOS@DE01', entityId: 'ACC-CHAOS', companyName: 'Chaos', subsidiary: { externalId: 'DE01' } }],
          job: [
            {
              ...{ externalId: project, entityId: project, companyName: 'Chaos', parent: { externalId: 'ACC-CHAOS@DE01' } },
              subsidiary: { externalId: 'DE01' },
            },
          ],
          projectTask: [{ externalId: `${project}/P1/T1`, title: 'Workshops', project: { externalId: project } }],
        },
      }),
    happen(_sandbox, n) {
      happened.push(n);
      const letter = (version: number, minutes: number, status = 'approved'): Letter => ({
        path: `events/${tab}`,
        id: `${subjectOf(n)}:${version}`,
        subject: subjectOf(n),
        data: {
          id: subjectOf(n),
          source: { system: 'chaos', id: String(n) },
          resource: { id: 'C1', email: employee },
          project: { id: project, code: isRefused(n) ? 'NOBODY-KNOWS' : project },
          task: { id: 'T1', code: `${project}/P1/T1` },
          ...{ workDate: '2026-11-20', minutes, billable: true, rate: { amount: '150.50', currency: 'EUR' } },
          ...{ status, version: String(version) },
        },
      });
      if (isTakenBack(n)) return [letter(1, minutesOf(n)), letter(2, minutesOf(n), 'withdrawn')];
      return isCorrected(n) ? [letter(1, minutesOf(n)), letter(2, minutesOf(n) + 5)] : [letter(1, minutesOf(n))];
    },
    expected: () => ({ dead: happened.filter(isRefused).length, undone: 0 }),
    differences(sandbox) {
      const found = noDifferences();
      const { bills, writes, removals } = booksOf(sandbox);
      for (const n of happened) {
        const id = subjectOf(n);
        const records = bills.get(id) ?? [];
        const wanted = minutesOf(n) + (isCorrected(n) ? 5 : 0);
        if (isTakenBack(n)) {
          found.lost.push(...records.map(() => `${id} was taken back and is there`));
          const [made, removed] = [writes.get(id) ?? 0, removals.get(id) ?? 0];
          if (made !== 1 || removed !== 1) found.duplicated.push(`${id} was made ${made} times and removed ${removed} times`);
        } else if (isRefused(n)) found.orphaned.push(...records.map(() => `${id} was to be refused`));
        else if (records.length === 0) found.lost.push(id);
        else if (records.length > 1) found.duplicated.push(`${id} is there ${records.length} times`);
        else if (records[0] !== wanted) found.lost.push(`${id} has ${records[0]} minutes instead of ${wanted}`);
        const changes = writes.get(id) ?? 0;
        const most = isRefused(n) ? 0 : isCorrected(n) ? 2 : 1;
        if (changes > most) found.duplicated.push(`${id} was written ${changes} times instead of ${most}`);
      }
      for (const id of bills.keys()) if (!happened.some((n) => subjectOf(n) === id)) found.orphaned.push(`${id} was never sent`);
      return found;
    },
  };
}

/** Minutes of each time bill by external id, and how often each was created or changed, and removed. */
function booksOf({ netsuite }: Sandbox): { bills: Map<string, number[]>; writes: Map<string, number>; removals: Map<string, number> } {
  const bills = new Map<string, number[]>();
  const writes = new Map<string, number>();
  const removals = new Map<string, number>();
  for (const { externalId = '', fields } of Object.values(netsuite.state.records['timeBill'] ?? {})) {
    const key = keyOfErpId(externalId);
    if (key.startsWith('chaos:')) bills.set(key, [...(bills.get(key) ?? []), Number(fields['hours'])]);
  }
  for (const { type, key: externalId = '', outcome } of netsuite.journal.entries) {
    const key = keyOfErpId(externalId);
    if (type !== 'timeBill' || !key.startsWith('chaos:')) continue;
    const counted = outcome === 'created' || outcome === 'updated' ? writes : outcome === 'deleted' ? removals : undefined;
    counted?.set(key, (counted.get(key) ?? 0) + 1);
  }
  return { bills, writes, removals };
}
