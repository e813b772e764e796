import { foldedName } from '../../model/folded-name.ts';
import type { Act } from '../store/act.ts';
import { filterDetail, type SavedFilter, type SavedFilters } from '../store/saved-filters.ts';
import { savedFilterOf } from './rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Filters that have a name. */
export abstract class SqliteSavedFilters extends SqliteFile implements SavedFilters {
  saveFilter(given: Parameters<SavedFilters['saveFilter']>[0], act: Act, now: number): Promise<boolean> {
    const { id, list, name, filter, namesPerson } = given;
    return this.db.write(() => {
      const saved = this.db.change(
        `INSERT INTO saved_filters (id, list, name, folded, filter, names_person, saved_by, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        ...[id, list, name, foldedName(name), JSON.stringify(filter), namesPerson ? 1 : 0, act.actor, now],
      );
      if (saved) this.append({ actor: act.actor, action: 'filter.saved', subject: id, detail: filterDetail(given, act) }, now);
      return saved > 0;
    });
  }

  renameFilter(id: string, name: string, act: Act, now: number): Promise<'renamed' | 'taken' | 'gone'> {
    return this.db.write(() => {
      const found = this.filter(id);
      if (!found) return 'gone';
      const folded = foldedName(name);
      if (this.db.get('SELECT 1 FROM saved_filters WHERE list = ? AND folded = ? AND id <> ?', found.list, folded, id)) return 'taken';
      this.db.change('UPDATE saved_filters SET name = ?, folded = ? WHERE id = ?', name, folded, id);
      this.append({ actor: act.actor, action: 'filter.renamed', subject: id, detail: filterDetail({ ...found, name }, act) }, now);
      return 'renamed';
    });
  }

  deleteFilter(id: string, act: Act, now: number): Promise<boolean> {
    return this.db.write(() => {
      const found = this.filter(id);
      if (!found) return false;
      this.db.change('DELETE FROM saved_filters WHERE id = ?', id);
      this.append({ actor: act.actor, action: 'filter.deleted', subject: id, detail: filterDetail(found, act) }, now);
      return true;
    });
  }

  async savedFilters(): Promise<SavedFilter[]> {
    return this.db.all('SELECT * FROM saved_filters ORDER BY saved_at, id').map(savedFilterOf);
  }

  private filter(id: string): SavedFilter | undefined {
    const row = this.db.get('SELECT * FROM saved_filters WHERE id = ?', id);
    return row && savedFilterOf(row);
  }
}
