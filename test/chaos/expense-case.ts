import { readFileSync } from 'node:fs';
import { expenseId, loadExpenses } from '../system/expense-rows.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import type { FlowNode } from './mortal-node-red.ts';

const template = () =>
  JSON.parse(readFileSync(new URL('../../flows/approved-expenses-to-erp.json', import.meta.url), 'utf8')) as FlowNode[];
const linesOf = (n: number) => [1, 2, 3].map((line) => n * 10 + line);

/** Reports that were made, by NetSuite's own journal. */
const made = ({ sandbox }: CrashHarness) =>
  sandbox.netsuite.journal.entries.filter(({ type, outcome }) => type === 'expenseReport' && outcome === 'created').map(({ key }) => key);

/** Three expenses, approved together: a full batch. */
export const expenseCase: KillCase = {
  flows: template().map((node) => ({
    ...node,
    ...(node.type === 'psa-expense-in' ? { intervalSeconds: 0.3 } : {}),
    ...(node.type === 'erp-post-expense' ? { batchSize: 3, batchSeconds: 0 } : {}),
  })),
  prepare({ sandbox }) {
    loadTimeFirm(sandbox, { users: ['1'], workspaces: ['1'], stories: new Map([['1', '1']]), currency: 'EUR', legalEntity: 'DE01' });
  },
  happen({ sandbox }, n) {
    const now = sandbox.clock.now().toISOString();
    loadExpenses(sandbox, linesOf(n), { created_at: now, updated_at: now });
  },
  arrived: (harness, n) => {
    const keys = new Set(made(harness));
    return linesOf(n).every((number) => keys.has(`kantata___expense-${expenseId(number)}`));
  },
  differences(harness, count) {
    const keys = made(harness);
    return [
      ...(keys.length === 3 * count ? [] : [`${keys.length} expense reports instead of ${3 * count}`]),
      ...(new Set(keys).size === keys.length ? [] : ['an expense report was made twice']),
    ];
  },
};
