import { byDay, type FigureDay, type Measurement, type Measurements } from '../../../engine/store/measurements.ts';
import { together } from '../../../model/distribution.ts';
import type { Json } from '../../../model/json.ts';
import { MemoryConnection } from './connection.ts';

const placeOf = ({ day, figure, flow, entity, region, practice }: FigureDay) =>
  JSON.stringify([day, figure, flow, entity, region, practice]);

/** Figures by day; how many groups there may be is not held here. */
export abstract class MemoryMeasurements extends MemoryConnection implements Measurements {
  async measuredTo(): Promise<Json | undefined> {
    return this.disk.measuredTo;
  }

  async measure({ from, to, add, engagements = [] }: Parameters<Measurements['measure']>[0]): Promise<boolean> {
    if (JSON.stringify(this.disk.measuredTo ?? null) !== JSON.stringify(from)) return false;
    this.disk.measuredTo = to;
    for (const one of engagements) this.disk.engagements.set(one.code, one);
    await this.addMeasurements(add);
    return true;
  }

  async addMeasurements(add: readonly Measurement[]): Promise<void> {
    for (const day of byDay(add)) {
      const before = this.disk.figures.get(placeOf(day));
      this.disk.figures.set(placeOf(day), {
        ...day,
        ...(before && {
          ...{ count: before.count + day.count, sum: before.sum + day.sum },
          ...{ least: Math.min(before.least, day.least), most: Math.max(before.most, day.most) },
          spread: together([before.spread, day.spread]),
        }),
      });
    }
  }

  async figures({ from, to }: { from: string; to: string }): Promise<FigureDay[]> {
    return [...this.disk.figures]
      .filter(([, { day }]) => day >= from && day <= to)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([, day]) => day);
  }
}
