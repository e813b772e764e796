import { toStored } from '../../sandbox/kantata/account-time.ts';
import { Store } from '../../sandbox/kantata/store.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import { timeCase } from './time-case.ts';

const most = 200;
const lines = [1, 2, 3];
const entryId = (n: number, line: number) => String(7_000_000 + n * 10 + line);
const externalId = (n: number, line: number) => `kantata___${entryId(n, line)}`;
const all = Array.from({ length: most }, (_, at) => at + 1).flatMap((n) => lines.map((line) => ({ n, line })));
const sheet = '880';

const inBooks = ({ sandbox }: CrashHarness) =>
  new Set(Object.values(sandbox.netsuite.state.records['timeBill'] ?? {}).map((bill) => bill.externalId));

/** Three entries that are in the books lose their approval together, and leave the books. */
export const takenBackCase: KillCase = {
  flows: timeCase.flows,
  prepare(harness) {
    timeCase.prepare(harness);
    const { kantata, netsuite } = harness.sandbox;
    const past = new Date(harness.sandbox.clock.now().getTime() - 86_400_000).toISOString();
    kantata.definition.load(kantata, {
      timesheet_submissions: [{ id: sheet, workspace_id: '41', user_id: '11', status: 'cancelled' }],
      time_entries: all.map(({ n, line }) => ({
        ...{ id: entryId(n, line), workspace_id: '41', story_id: '51', user_id: '11', date_performed: '2026-11-20' },
        ...{ time_in_minutes: 60, rate_in_cents: 15_050, currency: 'EUR', billable: true, approved: true },
        ...{ created_at: past, updated_at: past },
      })),
    });
    netsuite.definition.load(netsuite, {
      records: {
        timeBill: all.map(({ n, line }) => ({
          ...{ externalId: externalId(n, line), employee: { externalId: 'EMP-001' }, customer: { externalId: 'ENG-0001' } },
          ...{ caseTaskEvent: { externalId: 'ENG-0001/P1/T1' }, item: { externalId: 'SVC-CONSULTING' } },
          ...{ tranDate: '2026-11-20', hours: '1:00', isBillable: true, rate: 150.5 },
        })),
      },
    });
  },
  happen({ sandbox }, n) {
    const psa = new Store(sandbox.kantata.state);
    for (const line of lines) {
      const row = psa.find('time_entries', entryId(n, line))!;
      psa.change('time_entries', row, { approved: false, recent_submission_id: sheet, updated_at: toStored(sandbox.clock.now()) });
    }
  },
  arrived: (harness, n) => lines.every((line) => !inBooks(harness).has(externalId(n, line))),
  differences(harness, count) {
    const left = inBooks(harness);
    const wanted = all.filter(({ n }) => n > count);
    const removed = harness.sandbox.netsuite.journal.entries.filter(({ type, outcome }) => type === 'timeBill' && outcome === 'deleted');
    return [
      ...wanted.filter(({ n, line }) => !left.has(externalId(n, line))).map(({ n, line }) => `${entryId(n, line)} has left the books`),
      ...(left.size === wanted.length ? [] : [`${left.size} entries in the books instead of ${wanted.length}`]),
      ...(removed.length === 3 * count ? [] : [`${removed.length} were removed instead of ${3 * count}`]),
    ];
  },
};
