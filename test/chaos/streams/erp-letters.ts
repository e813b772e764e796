import { keyOfErpId } from '../../../sandbox/netsuite/firm/erp-ids.ts';
import type { JournalEntry } from '../../../sandbox/journal.ts';
import type { Sandbox } from '../../../sandbox/server.ts';
import type { FlowNode } from '../mortal-node-red.ts';
import { connections, node, noDifferences, type Stream, webhook } from './stream.ts';

const subsidiary = { externalId: 'DE01' };

/** One kind of write to the ERP, which letters ask for. */
export interface ErpLetters {
  name: string;
  contract: 'expense' | 'account' | 'assignment' | 'billing-schedule' | 'milestone';
  /** the node that writes */
  type: string;
  more?: object;
  /** record type in the ERP */
  writes: string;
  /** key of the `n`-th as the ERP has it */
  keyOf(n: number): string;
  subjectOf(n: number): string;
  prepare?(sandbox: Sandbox, n: number): void;
  /** its versions, one after the other */
  versions(n: number): object[];
  isRefused?(n: number): boolean;
  /** what is there, and what must be, as texts that are compared */
  held(fields: Record<string, unknown>, lines: Record<string, { fields: Record<string, unknown> }[]>): string;
  wanted(n: number): string;
}

/** Letters by webhook, checked against their contract, written by one node; the ERP's own records and journal say what came of it. */
export function erpLetters(kind: ErpLetters): Stream {
  const { name: tab, contract, keyOf, isRefused = () => false } = kind;
  const happened: number[] = [];
  const flows: FlowNode[] = [
    ...connections,
    { id: tab, type: 'tab', label: tab },
    webhook(tab, 'check', 'patient'),
    node(tab, 'check', 'contract-check', [['write'], ['dead']], { contract, policy: 'patient' }),
    node(tab, 'write', kind.type, [[], []], { connection: 'erp', policy: 'patient', ...kind.more }),
    node(tab, 'dead', 'dead-letter', [[]], { reason: '', emit: 'none' }),
  ];
  return {
    name: tab,
    flows,
    prepare: ({ netsuite }) =>
      netsuite.definition.load(netsuite, {
        records: {
          employee: [
            {
              ...{ externalId: `EMP-${tab}`, entityId: `Chaos ${tab}`, firstName: 'Chaos', lastName: tab },
              ...{ email: `${tab}@firm.example`, subsidiary },
            },
          ],
          customer: [{ externalId: `ACC-${tab}____DE01`, entityId: `ACC-${tab}`, companyName: 'Chaos', subsidiary }],
          job: [
            {
              ...{ externalId: `ENG-${tab}`, entityId: `ENG-${tab}`, companyName: 'Chaos', subsidiary },
              parent: { externalId: `ACC-${tab}____DE01` },
            },
          ],
        },
      }),
    happen(sandbox, n) {
      happened.push(n);
      kind.prepare?.(sandbox, n);
      return kind.versions(n).map((data, at) => ({
        path: `events/${tab}`,
        id: `${kind.subjectOf(n)}:${at + 1}`,
        subject: kind.subjectOf(n),
        data,
      }));
    },
    expected: () => ({ dead: happened.filter(isRefused).length, undone: 0 }),
    differences({ netsuite }) {
      const found = noDifferences();
      const records = Map.groupBy(Object.values(netsuite.state.records[kind.writes] ?? {}), ({ externalId = '' }) =>
        keyOfErpId(externalId),
      );
      const writes = Map.groupBy(
        netsuite.journal.entries.filter((entry) => entry.type === kind.writes && changes(entry)),
        ({ key = '' }) => keyOfErpId(key),
      );
      for (const n of happened) {
        const key = keyOf(n);
        const there = records.get(key) ?? [];
        const written = writes.get(key)?.length ?? 0;
        const most = isRefused(n) ? 0 : kind.versions(n).length;
        if (written > most) found.duplicated.push(`${key} was written ${written} times instead of ${most}`);
        if (isRefused(n)) found.orphaned.push(...there.map(() => `${key} was to be refused`));
        else if (there.length > 1) found.duplicated.push(`${key} is there ${there.length} times`);
        else if (!there[0]) found.lost.push(key);
        else if (kind.held(there[0].fields, there[0].lines) !== kind.wanted(n))
          found.lost.push(`${key}: ${kind.held(there[0].fields, there[0].lines)} instead of ${kind.wanted(n)}`);
      }
      return found;
    },
  };
}

const changes = ({ outcome }: JournalEntry) => outcome === 'created' || outcome === 'updated';
