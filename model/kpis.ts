/** Durations are shown in hours and kept in milliseconds; percentages are kept in hundredths, so that sums are whole numbers. */
export type KpiUnit = 'hours' | 'percent' | 'count';

export interface Kpi {
  unit: KpiUnit;
  /** what is better */
  better: 'less' | 'more';
  /** what is to be reached where the settings say nothing */
  target: number;
  /** `event`: measured at the end of a run that an event of such a type began, from when it happened to the end */
  from?: RegExp;
  /** the figure by whose count it is a mean, where that is another: each of its own values is one, and says nothing by itself */
  countedBy?: string;
  /** no system that we know tells it: it is named so that nobody takes its absence for none */
  untold?: true;
}

/** Figure beside the KPIs: runs that ended, which acts of people are counted against. */
export const endedRuns = 'ended_runs';

/**
 * What a firm watches of its integration, by name: each figure is measured when it happens and kept by day. What a flow's own nodes measure
 * (`utilization`) has no `from`.
 */
export const kpis = {
  project_creation_cycle_time: { unit: 'hours', better: 'less', target: 24 },
  project_setup_cycle_time: { unit: 'hours', better: 'less', target: 48, from: /^com\.psconnect\.opportunity\.won$/ },
  synchronisation_backlog: { unit: 'count', better: 'less', target: 100 },
  time_posting_latency: { unit: 'hours', better: 'less', target: 24, from: /^com\.psconnect\.time\.approved$/ },
  expense_posting_latency: { unit: 'hours', better: 'less', target: 24, from: /^com\.psconnect\.expense\.approved$/ },
  invoice_posting_latency: { unit: 'hours', better: 'less', target: 4, from: /^com\.psconnect\.invoice\.(?!changed$)/ },
  resource_assignment_freshness: { unit: 'hours', better: 'less', target: 1, from: /^com\.psconnect\.assignment\.(?!missed$)/ },
  billing_latency: { unit: 'hours', better: 'less', target: 24, from: /^com\.psconnect\.milestone\.reached$/ },
  reconciliation_exception_rate: { unit: 'percent', better: 'less', target: 1 },
  utilization: { unit: 'percent', better: 'more', target: 70 },
  utilization_reporting_accuracy: { unit: 'percent', better: 'more', target: 100 },
  manual_touches: { unit: 'count', better: 'less', target: 0.05, countedBy: endedRuns },
  time_to_staff: { unit: 'hours', better: 'less', target: 120 },
  invoice_disputes: { unit: 'count', better: 'less', target: 0, untold: true },
  exception_resolution_time: { unit: 'hours', better: 'less', target: 8 },
} as const satisfies Record<string, Kpi>;

export type KpiName = keyof typeof kpis;

export const kpiNames = Object.keys(kpis) as KpiName[];

/** So many of what is kept are one of what is shown. */
export const keptPer: Record<KpiUnit, number> = { hours: 3_600_000, percent: 100, count: 1 };
