import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import type { Utilization } from './types.generated.ts';
import { percentsOf } from './utilization.ts';

/** What does not agree in a utilization whose values are right: days, parts of the time worked, and the percents of both. */
export function utilizationIssues(told: Utilization): Issue[] {
  return [...dayIssues(told), ...partIssues(told)].slice(0, 1);
}

function dayIssues({ from, to, joined = from, left = to }: Utilization): Issue[] {
  if (to < from) return [{ field: 'to', value: to, ...inWords('UTILIZATION_DAYS', { from, to }) }];
  const outside = (field: string, value: string) => [{ field, value, ...inWords('UTILIZATION_DAYS.outside', { field, from, to }) }];
  if (joined < from || joined > to) return outside('joined', joined);
  return left < joined || left > to ? outside('left', left) : [];
}

function partIssues(told: Utilization): Issue[] {
  const { workedMinutes, approvedMinutes, billableMinutes, nonBillableMinutes, approvedBillableMinutes } = told;
  const wrong = (field: keyof Utilization, of: string) => [
    { field, value: String(told[field]), ...inWords('UTILIZATION_PARTS', { field, value: String(told[field]), of }) },
  ];
  if (billableMinutes + nonBillableMinutes !== workedMinutes) return wrong('workedMinutes', 'billableMinutes + nonBillableMinutes');
  if (approvedMinutes > workedMinutes) return wrong('approvedMinutes', 'workedMinutes');
  if (approvedBillableMinutes > approvedMinutes) return wrong('approvedBillableMinutes', 'approvedMinutes');
  if (approvedBillableMinutes > billableMinutes) return wrong('approvedBillableMinutes', 'billableMinutes');
  const due = percentsOf(told);
  for (const field of ['billablePercent', 'hardPercent', 'bookedPercent', 'noPercents'] as const)
    if ((told[field] ?? null) !== (due[field] ?? null)) return wrong(field, 'capacityMinutes');
  return [];
}
