import { recordsOf, recordsWanted } from './project-records.ts';
import { connections, node, noDifferences, type Stream, webhook } from './stream.ts';

const tab = 'packages';
const codeOf = (n: number) => `PKG-${n}`;
/** Every third deal needs somebody whom the PSA has no role for: the last step fails, and all before it must be taken back. */
const isRefused = (n: number) => n % 3 === 2;
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const span = { start: '2026-12-01', end: '2027-02-26' };

/** Sold packages by webhook, set up in ERP and PSA: all of it or nothing. */
export function packageStream(): Stream {
  const happened: number[] = [];
  const policy = { policy: 'all-or-nothing' };
  return {
    name: 'packages',
    flows: [
      ...connections,
      { id: tab, type: 'tab', label: tab },
      webhook(tab, 'customer', 'all-or-nothing'),
      node(tab, 'customer', 'erp-customer', [['project']], { connection: 'erp', ...policy }),
      node(tab, 'project', 'erp-project', [['workspace']], { connection: 'erp', ...policy }),
      node(tab, 'workspace', 'psa-project', [['demand']], { connection: 'psa', ...policy }),
      node(tab, 'demand', 'psa-staffing-demand', [[]], { connection: 'psa', ...policy }),
    ],
    prepare: ({ kantata }) => kantata.definition.load(kantata, { roles: [{ id: '98501', name: 'Chaos consultant' }] }),
    happen(_sandbox, n) {
      happened.push(n);
      const role = isRefused(n) ? 'Astrologer' : 'Chaos consultant';
      const data = {
        ...{ id: `chaos-${n}`, code: codeOf(n), name: `Package ${n}`, legalEntity: 'DE01', currency: 'EUR', amount: eur('12000.50') },
        account: { code: `ACC-${n}`, name: `Client ${n}` },
        billing: { type: 'fixed-price', paymentTerms: 'NET30' },
        contract: { start: '2026-12-01', end: '2027-03-31' },
        rateCard: [{ role, rate: eur('150.00'), unit: 'hour' }],
        phases: [
          {
            ...{ code: 'P1', name: 'Design', ...span, country: 'DE', legalEntity: 'DE01', budget: eur('12000.50') },
            tasks: [{ code: 'T1', name: 'Workshops', plannedMinutes: 2400, billable: true }],
          },
        ],
        milestones: [{ code: 'M1', name: 'Accepted', phase: 'P1', due: '2027-02-26', amount: eur('12000.50') }],
        staffing: [{ code: 'N1', phase: 'P1', role, region: 'DACH', ...span, effortMinutes: 4800, headcount: 1 }],
      };
      return [{ path: `events/${tab}`, id: codeOf(n), subject: codeOf(n), data }];
    },
    expected: () => ({ dead: 0, undone: happened.filter(isRefused).length }),
    differences(sandbox) {
      const found = noDifferences();
      for (const n of happened) {
        for (const [kind, count] of Object.entries(recordsOf(sandbox, codeOf(n)))) {
          const wanted = isRefused(n) ? 0 : recordsWanted[kind]!;
          const line = `${codeOf(n)}: ${count} ${kind} instead of ${wanted}`;
          if (count < wanted) found.lost.push(line);
          else if (count > wanted) (isRefused(n) ? found.orphaned : found.duplicated).push(line);
        }
      }
      return found;
    },
  };
}
