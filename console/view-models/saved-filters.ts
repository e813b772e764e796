import type { SavedFilter } from '../answers.ts';
import { type RunFilter, runFilters } from './run-filter.ts';

/** What a list shows: of runs with their state, as `filter` in the address says it. */
export type ShownFilter = RunFilter & { filter?: string };

const fields = ['filter', ...runFilters] as const;

/** What of it is said, for the address, and for saving it. */
export const saidIn = (filter: ShownFilter): Record<string, string> =>
  Object.fromEntries(fields.flatMap((name) => (filter[name]?.trim() ? [[name, filter[name].trim()]] : [])));

/** The one whose name stands for what is shown. */
export function savedAs(saved: readonly SavedFilter[], shown: ShownFilter): SavedFilter | undefined {
  const text = JSON.stringify(saidIn(shown));
  return saved.find(({ filter }) => JSON.stringify(saidIn(filter)) === text);
}
