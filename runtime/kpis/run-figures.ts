import type { Effect } from '../../engine/store/effects.ts';
import type { EngagementState } from '../../engine/store/engagements.ts';
import type { FigureGroup, Measurement } from '../../engine/store/measurements.ts';
import type { Run } from '../../engine/store/runs.ts';
import { isObject } from '../../model/json.ts';
import { kpiNames, kpis, type Kpi, type KpiName } from '../../model/kpis.ts';

/** What had happened so long before a source first brought anything is history that was read in, not work that was slow. */
const historyMs = 3_600_000;
/** Clocks of two systems differ by so much: what seems to end before it happened took no time. More than that, and the moment is no moment. */
const clocksDifferMs = 300_000;

/** What a run that has ended well says: how long it took since what began it had happened. `firstHeard`: when its source first brought anything. */
export function figuresOf(run: Run, firstHeard: number, projectMade: readonly Effect[]): Measurement[] {
  const since = happenedAt(run, firstHeard);
  if (since === undefined) return [];
  const took = (figure: KpiName, at: number) => ({ ...groupOf(run), figure, at, value: Math.max(0, at - since) });
  const made = lastOf(projectMade);
  return [
    ...kpiNames.filter((name) => (kpis[name] as Kpi).from?.test(run.event.type)).map((name) => took(name, run.updatedAt)),
    ...(made === undefined ? [] : [took('project_creation_cycle_time', made)]),
  ];
}

/** From the moment at which people were asked for to the first booking. */
export function staffedAfter(run: Run, firstHeard: number, { planned, staffed }: EngagementState['reached']): Measurement[] {
  const booked = happenedAt(run, firstHeard);
  if (booked === undefined || planned === undefined || staffed !== undefined || booked < planned) return [];
  return [{ ...groupOf(run), figure: 'time_to_staff', at: run.updatedAt, value: booked - planned }];
}

/** Until a dead letter was acted on. */
export function resolutionOf(run: Run, died: number, actedOn: number): Measurement {
  return { ...groupOf(run), figure: 'exception_resolution_time', at: actedOn, value: Math.max(0, actedOn - died) };
}

export function groupOf({ flow, event }: Run): FigureGroup {
  const { legalEntity, region, practice } = isObject(event.data) ? event.data : {};
  const said = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 80) : '');
  return { flow, entity: said(legalEntity), region: said(region), practice: said(practice) };
}

/** By the source's clock. The record's own stamp goes before the moment at which it was read; undefined where nothing can be said of it. */
function happenedAt({ event, createdAt }: Run, firstHeard: number): number | undefined {
  const at = [event.version?.at, event.time]
    .map((text) => (text === undefined ? NaN : Date.parse(text)))
    .find((time) => !Number.isNaN(time));
  if (at === undefined || at < firstHeard - historyMs || at > createdAt + clocksDifferMs) return undefined;
  return at;
}

/** When the last of them was made. */
function lastOf(effects: readonly Effect[]): number | undefined {
  return effects.reduce<number | undefined>(
    (last, { finishedAt }) => (finishedAt !== undefined && finishedAt >= (last ?? 0) ? finishedAt : last),
    undefined,
  );
}
