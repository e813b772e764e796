import { chaosStore } from './chaos-store.ts';
import { killEverywhere, type KillReport } from './kill-everywhere.ts';
import { opportunityCase } from './opportunity-case.ts';
import { timeCase } from './time-case.ts';

export interface Enumeration extends KillReport {
  store: string;
  step: number;
  ok: boolean;
}

/** Kills at each moment of a won deal and of a batch of approved time, every `step`-th of them. */
export async function enumerate({
  store: kind,
  step,
  onProgress,
}: {
  store: 'sqlite' | 'postgres';
  step: number;
  onProgress: (line: string) => void;
}): Promise<Enumeration> {
  const reports: KillReport[] = [];
  for (const [name, test] of Object.entries({ 'a won deal': opportunityCase, 'approved time': timeCase })) {
    const store = await chaosStore(kind);
    try {
      const report = await killEverywhere(test, step, store.environment);
      onProgress(`${name}: killed at ${report.points} moments, ${JSON.stringify(report.byKind)}`);
      reports.push(report);
    } finally {
      await store.remove();
    }
  }
  const all = reports.reduce((one, other) => ({
    points: one.points + other.points,
    byKind: added(one.byKind, other.byKind),
    differences: [...one.differences, ...other.differences],
    writtenTwice: [...one.writtenTwice, ...other.writtenTwice],
    runs: added(one.runs, other.runs),
    inDoubt: one.inDoubt + other.inDoubt,
    journalWhole: one.journalWhole && other.journalWhole,
  }));
  const open = ['ready', 'running', 'waiting', 'dead'].reduce((sum, status) => sum + (all.runs[status] ?? 0), 0);
  const ok = all.differences.length + all.writtenTwice.length + all.inDoubt + open === 0 && all.journalWhole;
  return { store: kind, step, ...all, ok };
}

function added(one: Record<string, number>, other: Record<string, number>): Record<string, number> {
  const sum = { ...one };
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
