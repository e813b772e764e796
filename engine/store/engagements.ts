import type { Calls } from './calls.ts';

/** What an engagement comes through, in order. */
export const stages = ['won', 'customer', 'project', 'planned', 'staffed', 'worked', 'billed', 'paid'] as const;
export type Stage = (typeof stages)[number];

/** How an engagement stands over all systems, as far as runs have said. */
export interface EngagementState {
  /** business id of the engagement */
  code: string;
  client?: string;
  entity?: string;
  /** what was agreed, as decimal text */
  amount?: string;
  currency?: string;
  /** when each stage was first reached, epoch ms; one that nobody has told of is absent, also where a later one is there */
  reached: { [stage in Stage]?: number };
  /** when it was last told of, epoch ms */
  updatedAt: number;
}

export interface EngagementFilter {
  /** those whose furthest stage it is */
  stage?: Stage;
  /** a part of code or client */
  search?: string;
  /** these, in one question */
  codes?: readonly string[];
  /** the last one of the page before */
  after?: { updatedAt: number; code: string };
  limit: number;
}

/** Engagements from the deal to the payment: kept up to date as runs end, forgotten with them. Changed by `Measurements.measure`. */
export interface Engagements {
  /** Told of last first. */
  engagements(filter: EngagementFilter): Promise<EngagementState[]>;
  /** How many have come how far, and no further. */
  funnel(): Promise<Record<Stage, number>>;
}

export const engagementCalls = {
  engagements: 'asks',
  funnel: 'asks',
} satisfies Calls<Engagements>;

/** The furthest stage that was reached. */
export const stageOf = ({ reached }: Pick<EngagementState, 'reached'>): Stage =>
  stages.findLast((stage) => reached[stage] !== undefined) ?? 'won';

export const emptyFunnel = (): Record<Stage, number> => Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;
