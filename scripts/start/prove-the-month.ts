import type { Firm } from '../../sandbox/firm/firm.ts';
import { playBusinessDay, playBusinessMonth } from '../../sandbox/play-business-day.ts';
import type { SandboxAccess } from '../../sandbox/sandbox-access.ts';
import { type Check, compareBooks } from './compare-books.ts';
import type { IntegrationOffice } from './integration-office.ts';
import { type BooksRead, readBooks } from './read-books.ts';

export interface MonthSummary {
  ok: boolean;
  checks: Check[];
  steps: number;
  /** steps that changed anything: 0 when the month was played before */
  changed: number;
  /** records that this run of the command added to the ERP and the PSA */
  written: { projects: number; demands: number; timeEntries: number; expenses: number };
  runs: Record<string, number>;
  seconds: number;
}

/** Plays the business day and the month after it, waits until every run has ended, and compares what the systems hold with what the firm's own books say they must. */
export async function proveTheMonth(options: {
  access: SandboxAccess;
  firm: Firm;
  office: IntegrationOffice;
  onProgress(text: string): void;
}): Promise<MonthSummary> {
  const { access, firm, office, onProgress } = options;
  const began = Date.now();
  const before = await readBooks(access);
  const onStep = (step: { at: string; what: string }) => onProgress(`${step.at.slice(0, 10)} ${step.at.slice(11, 16)} ${step.what}`);
  const played = [await playBusinessDay(access, { firm, onStep }), await playBusinessMonth(access, { firm, office, onStep })];
  const runs = await office.settled();
  const books = await readBooks(access);
  const checks = compareBooks(firm, books, runs);
  return {
    ok: checks.every((check) => check.expected === check.found),
    checks,
    steps: played.reduce((sum, { steps }) => sum + steps, 0),
    changed: played.reduce((sum, { changed }) => sum + changed, 0),
    written: {
      projects: books.erpProjects - before.erpProjects + books.psaProjects - before.psaProjects,
      demands: books.psaDemands - before.psaDemands,
      timeEntries: books.erpEntries - before.erpEntries,
      expenses: expensesIn(books) - expensesIn(before),
    },
    runs,
    seconds: Math.round((Date.now() - began) / 100) / 10,
  };
}

const expensesIn = ({ month }: BooksRead) => Number(month['expenses in the ERP'] ?? 0);
