import {
  emptyFunnel,
  type EngagementFilter,
  type Engagements,
  type EngagementState,
  type Stage,
  stageOf,
} from '../../../engine/store/engagements.ts';
import { MemoryConnection } from './connection.ts';

/** Engagements from the deal to the payment. */
export abstract class MemoryEngagements extends MemoryConnection implements Engagements {
  async engagements({ stage, search, codes, after, limit }: EngagementFilter): Promise<EngagementState[]> {
    const isBefore = (one: EngagementState, other: { updatedAt: number; code: string }) =>
      one.updatedAt < other.updatedAt || (one.updatedAt === other.updatedAt && one.code < other.code);
    return [...this.disk.engagements.values()]
      .filter((one) => stage === undefined || stageOf(one) === stage)
      .filter(({ code, client = '' }) => search === undefined || `${code}\n${client}`.toLowerCase().includes(search.toLowerCase()))
      .filter(({ code }) => codes === undefined || codes.includes(code))
      .filter((one) => after === undefined || isBefore(one, after))
      .toSorted((one, other) => (isBefore(one, other) ? 1 : -1))
      .slice(0, limit);
  }

  async funnel(): Promise<Record<Stage, number>> {
    const funnel = emptyFunnel();
    for (const one of this.disk.engagements.values()) funnel[stageOf(one)]++;
    return funnel;
  }
}
