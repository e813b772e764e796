import type { Act } from './act.ts';
import type { Calls } from './calls.ts';

/** Which runs, or which dead letters, somebody looks at again and again: for all of the firm. */
export interface SavedFilter {
  id: string;
  /** of what it is one */
  list: 'runs' | 'dead-letters';
  /** once in its list, whatever the case of its letters */
  name: string;
  /** as the console's address says it */
  filter: { [field: string]: string };
  /** somebody is looked for by name: it is for those alone who may see persons */
  namesPerson: boolean;
  /** who has saved it */
  by: string;
  /** epoch ms */
  savedAt: number;
}

/** Filters that have a name; each that is saved, renamed or deleted is in the journal. */
export interface SavedFilters {
  /** False = its list has one of this name. */
  saveFilter(filter: Omit<SavedFilter, 'by' | 'savedAt'>, act: Act, now: number): Promise<boolean>;
  renameFilter(id: string, name: string, act: Act, now: number): Promise<'renamed' | 'taken' | 'gone'>;
  /** False = there is none of this id. */
  deleteFilter(id: string, act: Act, now: number): Promise<boolean>;
  /** In the order in which they were saved. */
  savedFilters(): Promise<SavedFilter[]>;
}

export const savedFilterCalls = {
  saveFilter: 'keeps',
  renameFilter: 'keeps',
  deleteFilter: 'keeps',
  savedFilters: 'asks',
} satisfies Calls<SavedFilters>;

/** What the journal says of one: of whom is looked for by name it says nothing, for it stays. */
export const filterDetail = ({ list, name, namesPerson }: Pick<SavedFilter, 'list' | 'name' | 'namesPerson'>, { reason }: Act) => ({
  list,
  ...(namesPerson ? {} : { name }),
  reason: reason ?? null,
});
