import type { Act } from '../../../engine/store/act.ts';
import { filterDetail, type SavedFilter, type SavedFilters } from '../../../engine/store/saved-filters.ts';
import { foldedName } from '../../../model/folded-name.ts';
import { MemoryConnection } from './connection.ts';

/** Filters that have a name. */
export abstract class MemorySavedFilters extends MemoryConnection implements SavedFilters {
  async saveFilter(given: Parameters<SavedFilters['saveFilter']>[0], act: Act, now: number): Promise<boolean> {
    if (this.disk.savedFilters.has(given.id) || this.isTaken(given)) return false;
    this.disk.savedFilters.set(given.id, structuredClone({ ...given, by: act.actor, savedAt: now }));
    this.append({ actor: act.actor, action: 'filter.saved', subject: given.id, detail: filterDetail(given, act) }, now);
    return true;
  }

  async renameFilter(id: string, name: string, act: Act, now: number): Promise<'renamed' | 'taken' | 'gone'> {
    const found = this.disk.savedFilters.get(id);
    if (!found) return 'gone';
    if (this.isTaken({ ...found, name })) return 'taken';
    found.name = name;
    this.append({ actor: act.actor, action: 'filter.renamed', subject: id, detail: filterDetail(found, act) }, now);
    return 'renamed';
  }

  async deleteFilter(id: string, act: Act, now: number): Promise<boolean> {
    const found = this.disk.savedFilters.get(id);
    if (!found) return false;
    this.disk.savedFilters.delete(id);
    this.append({ actor: act.actor, action: 'filter.deleted', subject: id, detail: filterDetail(found, act) }, now);
    return true;
  }

  async savedFilters(): Promise<SavedFilter[]> {
    return structuredClone([...this.disk.savedFilters.values()]);
  }

  private isTaken({ id, list, name }: Pick<SavedFilter, 'id' | 'list' | 'name'>): boolean {
    return [...this.disk.savedFilters.values()].some(
      (other) => other.id !== id && other.list === list && foldedName(other.name) === foldedName(name),
    );
  }
}
