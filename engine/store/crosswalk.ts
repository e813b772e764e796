import type { CalendarDate } from '../../model/calendar-date.ts';
import type { CrosswalkEntry, CrosswalkQuestion } from '../../model/crosswalk-entry.ts';
import type { Act } from './act.ts';
import type { Calls } from './calls.ts';
import type { RunId } from './runs.ts';

/** One state of an entry; the states before it stay. */
export interface CrosswalkRow extends CrosswalkEntry, Act {
  id: string;
  /** 1 = as it was added */
  version: number;
  /** epoch ms */
  at: number;
  /** it was a mistake, and counts no more */
  removed?: true;
}

/** `entry` alone adds it, with `id` and the version that was seen changes it; these alone take it out. */
export interface CrosswalkChange {
  id?: string;
  version?: number;
  entry?: CrosswalkEntry;
}

/**
 * Why a change is not made: its entry has been changed since (`moved-on`) or in the same change (`twice`), is out (`gone`) or for other words (`other-words`); there is one for the same words on one of its
 * days (`overlap`), or for words that differ only in case, spaces or form (`alike`).
 */
export interface CrosswalkProblem {
  /** place in what was given */
  change: number;
  why: 'moved-on' | 'gone' | 'twice' | 'other-words' | 'overlap' | 'alike';
  /** the entry as it stands, or the one with which it does not go together */
  row?: CrosswalkRow;
}

export interface CrosswalkChanged {
  /** where there are any, nothing is changed */
  problems: CrosswalkProblem[];
  /** what has come of the changes that made a difference, in their order; `before` = as it was */
  states: { change: number; row: CrosswalkRow; before?: CrosswalkRow }[];
  added: number;
  changed: number;
  removed: number;
  /** as they were already */
  same: number;
}

export interface CrosswalkFilter {
  table?: string;
  from?: string;
  to?: string;
  /** part of value or target */
  search?: string;
  /** those that hold on this day */
  on?: CalendarDate;
  /** id of the last one of the page before */
  after?: string;
  limit: number;
}

/** What runs that are dead letters wait for. */
export interface Unmapped extends Omit<CrosswalkQuestion, 'date'> {
  /** the days for which it is needed */
  firstDate: CalendarDate;
  lastDate: CalendarDate;
  runs: number;
  /** epoch ms at which the first of them asked */
  since: number;
  /** one of them */
  run: RunId;
}

/** A dead letter that lacks nothing any more, and who has seen to it last. */
export interface MappedRun extends Act {
  run: RunId;
}

/** What values of one system are in another: read by flows, changed by people. */
export interface Crosswalk {
  /** The entry for a question; two only where somebody has changed the store from outside. */
  crosswalkFor(question: CrosswalkQuestion): Promise<CrosswalkRow[]>;
  /** All of them or none; each is a line of the journal. `dryRun` tells what would come of it. */
  changeCrosswalk(changes: CrosswalkChange[], act: Act & { dryRun?: boolean }, now: number): Promise<CrosswalkChanged>;
  /** By table, value, systems and first day. */
  crosswalkRows(filter: CrosswalkFilter): Promise<CrosswalkRow[]>;
  crosswalkTables(): Promise<{ table: string; rows: number }[]>;
  /** All states of an entry, the first one first. */
  crosswalkHistory(id: string): Promise<CrosswalkRow[]>;
  /** That this delivery found nothing for a question. Throws `RUN_TAKEN_OVER` for a stale token. */
  noteUnmapped(question: CrosswalkQuestion, run: RunId, token: number, now: number): Promise<void>;
  /** What is missing, what most runs wait for first. */
  unmapped(limit: number): Promise<Unmapped[]>;
  /** Dead letters whose last delivery found nothing for what there is an entry for now, in order of arrival, behind another run. */
  mappedRuns(limit: number, after?: RunId): Promise<MappedRun[]>;
}

export const crosswalkCalls = {
  crosswalkFor: 'keeps', // cleaned as what is kept is, so that both are alike
  changeCrosswalk: 'keeps',
  crosswalkRows: 'asks',
  crosswalkTables: 'asks',
  crosswalkHistory: 'asks',
  noteUnmapped: 'keeps',
  unmapped: 'asks',
  mappedRuns: 'asks',
} satisfies Calls<Crosswalk>;
