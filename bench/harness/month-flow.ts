import { readFileSync } from 'node:fs';
import type { FlowNode } from './node-red.ts';
import { monthReadFrom } from './month-rows.ts';

/** Folders of the nodes that take part in it, by type. */
export const monthNodes = {
  'system-connection': 'system/connection',
  'run-policy': 'run/policy',
  'psa-timesheet-in': 'psa/timesheet-in',
  'psa-expense-in': 'psa/expense-in',
  'contract-check': 'data/contract-check',
  'erp-post-timesheet': 'erp/post-timesheet',
  'erp-post-expense': 'erp/post-expense',
  'dead-letter': 'run/dead-letter',
};

/** The template flows of approved time and expenses with their batches of 100, and all five calls at once that the account allows. */
export function monthFlow(): FlowNode[] {
  const nodes = new Map<string, FlowNode>();
  for (const name of ['approved-time-to-erp', 'approved-expenses-to-erp']) {
    const file = new URL(`../../flows/${name}.json`, import.meta.url);
    for (const node of JSON.parse(readFileSync(file, 'utf8')) as FlowNode[]) nodes.set(node.id, node);
  }
  const parts = [...Object.keys(monthNodes), 'tab', 'catch'];
  return [...nodes.values()]
    .filter(({ type }) => parts.includes(type))
    .map((node) => ({
      ...node,
      ...('since' in node ? { since: monthReadFrom, intervalSeconds: 1 } : {}),
      ...('batchSeconds' in node ? { batchSeconds: 1 } : {}),
      ...('netsuiteConcurrency' in node ? { netsuiteConcurrency: 5 } : {}),
    }));
}
