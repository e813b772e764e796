import { businessDay } from '../../sandbox/firm/business-day.ts';
import { scriptDay } from '../../sandbox/firm/day-script.ts';
import { expectedBooks } from '../../sandbox/firm/expected-books.ts';
import type { Firm } from '../../sandbox/firm/firm.ts';
import { playBusinessDay } from '../../sandbox/play-business-day.ts';
import type { SandboxAccess } from '../../sandbox/sandbox-access.ts';
import { readBooks } from './read-books.ts';

export interface DaySummary {
  ok: boolean;
  /** figures as they are and as they must be */
  checks: { what: string; expected: number | string; found: number | string }[];
  steps: number;
  /** steps that changed anything: 0 when the day was played before */
  changed: number;
  /** records that this run of the command added to the ERP and the PSA */
  written: { projects: number; demands: number; timeEntries: number };
  runs: Record<string, number>;
  seconds: number;
}

/** Plays the day, waits until every run has ended, and compares what the systems hold with what the firm's data says they must. */
export async function proveTheDay(options: {
  access: SandboxAccess;
  firm: Firm;
  editor: string;
  onProgress(text: string): void;
}): Promise<DaySummary> {
  const { access, firm, editor, onProgress } = options;
  const began = Date.now();
  const expected = expectedBooks(firm, scriptDay(firm));
  const before = await readBooks(access);
  const played = await playBusinessDay(access, { firm, onStep: (step) => onProgress(`${step.at.slice(11, 16)} ${step.what}`) });
  const playedAt = Date.now();

  const minutes = (entries: { minutes: number }[]) => entries.reduce((sum, entry) => sum + entry.minutes, 0);
  const cents = (amounts: string[]) => amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
  const wanted: Record<string, number> = {
    'projects in the ERP': expected.erp.projects.length,
    'tasks in the ERP': expected.erp.projects.reduce((sum, project) => sum + project.tasks.length, 0),
    'projects in the PSA': expected.psa.projects.length,
    'staffing demands in the PSA': expected.psa.demands.reduce((sum, demand) => sum + demand.headcount, 0),
    'time entries in the ERP': expected.erp.time.length,
    'minutes in the ERP': minutes(expected.erp.time),
    'amount in the ERP (hundredths, all currencies)': cents(expected.erp.totals.map((total) => total.amount)),
    'deals provisioned': expected.crm.provisioned.length,
    'deals refused': expected.crm.failed.length,
    'dead letters': expected.refusals.length,
    'business ids written twice': 0,
  };
  const read = async () => {
    const books = await readBooks(access);
    const overview = (await (await fetch(`${editor}ps-connect/api/v1/overview`)).json()) as {
      runs: Record<string, number> | null;
      sources: { readAt?: number; listens?: true }[];
    };
    const runs = overview.runs ?? {};
    const found: Record<string, number> = {
      'projects in the ERP': books.erpProjects,
      'tasks in the ERP': books.erpTasks,
      'projects in the PSA': books.psaProjects,
      'staffing demands in the PSA': books.psaDemands,
      'time entries in the ERP': books.erpEntries,
      'minutes in the ERP': books.erpMinutes,
      'amount in the ERP (hundredths, all currencies)': books.erpHundredths,
      'deals provisioned': books.provisioned,
      'deals refused': books.refused,
      'dead letters': runs['dead'] ?? 0,
      'business ids written twice': books.writtenTwice.length,
    };
    const open = (runs['ready'] ?? 0) + (runs['running'] ?? 0) + (runs['waiting'] ?? 0);
    const read = overview.sources.filter((source) => !source.listens);
    const askedAfterwards = read.length > 0 && read.every((source) => (source.readAt ?? 0) > playedAt);
    const checks = Object.entries(wanted).map(([what, value]) => ({ what, expected: value, found: found[what] ?? 0 }));
    return { books, runs, checks, agree: askedAfterwards && open === 0 && checks.every((check) => check.expected === check.found) };
  };

  let now = await read();
  for (let polls = 0; !now.agree && polls < 240; polls++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    now = await read();
  }
  return {
    ok: now.agree,
    checks: now.checks,
    steps: businessDay(firm).length,
    changed: played.changed,
    written: {
      projects: now.books.erpProjects - before.erpProjects + now.books.psaProjects - before.psaProjects,
      demands: now.books.psaDemands - before.psaDemands,
      timeEntries: now.books.erpEntries - before.erpEntries,
    },
    runs: now.runs,
    seconds: Math.round((Date.now() - began) / 100) / 10,
  };
}
