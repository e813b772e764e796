import { Failure } from '../../model/failure.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { inWords, phrase } from '../../model/failure-words.ts';

/** What a page of a list says of itself. */
export interface PageClaim {
  system: string;
  /** what is listed: `time_entries` */
  what: Param;
  /** rows that came */
  rows: number;
  /** rows of the list before this page */
  before: number;
  /** the most that a page may have */
  size: number;
  /** rows of the whole list; undefined = the system does not say */
  total: number | undefined;
}

/**
 * A page with fewer rows than it must have is never taken for the end: what is missing would be taken for what is not there, and a cursor would move
 * past it.
 */
export function assertWhole({ system, what, rows, before, size, total }: PageClaim): void {
  if (total === undefined) return;
  const due = Math.max(0, Math.min(size, total - before));
  if (rows < due) throw incomplete(system, what, phrase('LIST_INCOMPLETE.page', { rows, due, total }));
}

/** Passing: the same question is asked again, from the same place. */
export function incomplete(system: string, what: Param, came: Param): Failure {
  return new Failure({
    class: 'transient.unavailable',
    ...inWords('LIST_INCOMPLETE', { what, came }),
    system,
  });
}
