import { scriptDay } from '../../sandbox/firm/day-script.ts';
import { expectedBooks } from '../../sandbox/firm/expected-books.ts';
import type { Firm } from '../../sandbox/firm/firm.ts';
import { monthBooks } from '../../sandbox/firm/month/month.ts';
import type { BooksRead } from './read-books.ts';

/** A figure as it is and as it must be. */
export interface Check {
  what: string;
  expected: number | string;
  found: number | string;
}

const nothing = 'nothing';

/** What the firm's own books say that the systems must hold when day and month are over, beside what they hold. A figure that nobody expects is a difference, too. */
export function compareBooks(firm: Firm, books: BooksRead, runs: Readonly<Record<string, number>>): Check[] {
  const expected = expectedBooks(firm, scriptDay(firm));
  const month = monthBooks(firm);
  const minutes = month.posted.reduce((sum, entry) => sum + entry.minutes, 0);
  const hundredths = month.posted.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
  const wanted: [what: string, expected: number, found: number][] = [
    ['projects in the ERP', expected.erp.projects.length, books.erpProjects],
    ['tasks in the ERP', expected.erp.projects.reduce((sum, project) => sum + project.tasks.length, 0), books.erpTasks],
    ['projects in the PSA', expected.psa.projects.length, books.psaProjects],
    ['staffing demands in the PSA', expected.psa.demands.reduce((sum, demand) => sum + demand.headcount, 0), books.psaDemands],
    ['time entries in the ERP', month.posted.length, books.erpEntries],
    ['minutes in the ERP', minutes, books.erpMinutes],
    ['amount in the ERP (hundredths, all currencies)', hundredths, books.erpHundredths],
    ['deals provisioned', expected.crm.provisioned.length - month.pending.length - month.failed.length, books.provisioned],
    ['deals refused', expected.crm.failed.length + month.failed.length, books.refused],
    ['dead letters', expected.refusals.length + month.refused, runs['dead'] ?? 0],
    ['business ids written twice', 0, books.writtenTwice.length],
  ];
  const names = new Set([...Object.keys(month.figures), ...Object.keys(books.month)]);
  return [
    ...wanted.map(([what, should, found]) => ({ what, expected: should, found })),
    ...[...names].map((what) => ({ what, expected: month.figures[what] ?? nothing, found: books.month[what] ?? nothing })),
  ];
}
