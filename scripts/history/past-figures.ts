import type { Effect } from '../../engine/store/effects.ts';
import { soughtBy } from '../../engine/sqlite/measurements.ts';
import { type EngagementState, stageOf } from '../../engine/store/engagements.ts';
import { byDay, type FigureDay, type Measurement } from '../../engine/store/measurements.ts';
import type { Run } from '../../engine/store/runs.ts';
import { together } from '../../model/distribution.ts';
import { endedRuns } from '../../model/kpis.ts';
import { type EngagementFacts, factsOfDeal, factsOfEnded, isOfDeal, merged } from '../../runtime/kpis/engagement-facts.ts';
import { figuresOf, groupOf, resolutionOf, staffedAfter } from '../../runtime/kpis/run-figures.ts';
import type { Value } from './history-rows.ts';

/** What the product would have measured of a past, and how far each engagement has come by it. */
export class PastFigures {
  private measured: Measurement[] = [];
  private readonly days = new Map<string, FigureDay>();
  private readonly engagements = new Map<string, EngagementState>();
  private readonly firstHeard = new Map<string, number>();

  /** An entry had a run. */
  heard(entry: string, at: number): void {
    if (!this.firstHeard.has(entry)) this.firstHeard.set(entry, at);
  }

  get heardFirst(): Record<string, number> {
    return Object.fromEntries(this.firstHeard);
  }

  /** As the product measures it, with the product's own rules. */
  ofRun(run: Run, effects: readonly Effect[], types: Record<string, string>): void {
    const deal = isOfDeal(run);
    if (run.status !== 'done' && !deal) return;
    const firstHeard = this.firstHeard.get(run.entry)!;
    const typeOf = (node: string) => types[node];
    const facts: EngagementFacts | undefined = deal ? factsOfDeal(run, effects, typeOf) : factsOfEnded(run);
    if (run.status === 'done') {
      this.add({ ...groupOf(run), figure: endedRuns, at: run.updatedAt, value: 1 });
      for (const one of figuresOf(
        run,
        firstHeard,
        effects.filter(({ node }) => typeOf(node) === 'erp-project'),
      ))
        this.add(one);
    }
    if (!facts) return;
    const before = this.engagements.get(facts.code);
    if (facts.reached.staffed !== undefined) for (const one of staffedAfter(run, firstHeard, before?.reached ?? {})) this.add(one);
    this.engagements.set(facts.code, merged(before, facts, Math.max(before?.updatedAt ?? 0, run.updatedAt)));
  }

  /** Somebody has acted on a dead letter. */
  acted(run: Run, died: number, at: number): void {
    this.add({ ...groupOf(run), figure: 'manual_touches', at, value: 1 });
    this.add(resolutionOf(run, died, at));
  }

  add(measurement: Measurement): void {
    this.measured.push(measurement);
    if (this.measured.length >= 10_000) this.sumUp();
  }

  private sumUp(): void {
    for (const one of byDay(this.measured)) {
      const key = `${one.day}\n${one.figure}\n${one.flow}\n${one.entity}\n${one.region}\n${one.practice}`;
      const before = this.days.get(key);
      const { count = 0, sum = 0, least = one.least, most = one.most, spread = {} } = before ?? {};
      this.days.set(key, {
        ...{ ...one, count: count + one.count, sum: sum + one.sum },
        ...{ least: Math.min(least, one.least), most: Math.max(most, one.most), spread: together([spread, one.spread]) },
      });
    }
    this.measured = [];
  }

  rows(): Value[][] {
    this.sumUp();
    return [...this.days.values()].map(({ day, figure, flow, entity, region, practice, count, sum, least, most, spread }) => [
      ...[day, figure, flow, entity, region, practice],
      ...[count, sum, least, most, JSON.stringify(spread)],
    ]);
  }

  engagementsSince(at: number): Value[][] {
    return [...this.engagements.values()]
      .filter(({ updatedAt }) => updatedAt >= at)
      .map((state) => [state.code, stageOf(state), soughtBy(state), JSON.stringify(state), state.updatedAt]);
  }
}
