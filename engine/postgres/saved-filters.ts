import { foldedName } from '../../model/folded-name.ts';
import { savedFilterOf } from '../sqlite/rows.ts';
import type { Act } from '../store/act.ts';
import { filterDetail, type SavedFilter, type SavedFilters } from '../store/saved-filters.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';

/** Filters that have a name. */
export abstract class PostgresSavedFilters extends PostgresDatabase implements SavedFilters {
  saveFilter(given: Parameters<SavedFilters['saveFilter']>[0], act: Act, now: number): Promise<boolean> {
    const { id, list, filter, namesPerson } = given;
    const name = databaseText(given.name);
    return this.do(async (transaction) => {
      const saved = await transaction.query(
        `INSERT INTO saved_filters (id, list, name, folded, filter, names_person, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT DO NOTHING RETURNING id`,
        [id, list, name, foldedName(name), JSON.stringify(filter), namesPerson, act.actor, now],
      );
      if (saved.length > 0)
        transaction.journal({ actor: act.actor, action: 'filter.saved', subject: id, detail: filterDetail(given, act) }, now);
      return saved.length > 0;
    });
  }

  renameFilter(id: string, given: string, act: Act, now: number): Promise<'renamed' | 'taken' | 'gone'> {
    const name = databaseText(given);
    return this.do(async (transaction) => {
      // one at a time: two that take the same name meanwhile would break on it
      await transaction.query('LOCK TABLE saved_filters IN SHARE ROW EXCLUSIVE MODE', []);
      const [row] = await transaction.query('SELECT * FROM saved_filters WHERE id = $1', [id]);
      if (!row) return 'gone';
      const found = savedFilterOf(row);
      const other = [found.list, foldedName(name), id];
      if ((await transaction.query('SELECT 1 FROM saved_filters WHERE list = $1 AND folded = $2 AND id <> $3', other)).length > 0)
        return 'taken';
      await transaction.query('UPDATE saved_filters SET name = $2, folded = $3 WHERE id = $1', [id, name, foldedName(name)]);
      transaction.journal({ actor: act.actor, action: 'filter.renamed', subject: id, detail: filterDetail({ ...found, name }, act) }, now);
      return 'renamed';
    });
  }

  deleteFilter(id: string, act: Act, now: number): Promise<boolean> {
    return this.do(async (transaction) => {
      const [row] = await transaction.query('DELETE FROM saved_filters WHERE id = $1 RETURNING *', [id]);
      if (row)
        transaction.journal(
          { actor: act.actor, action: 'filter.deleted', subject: id, detail: filterDetail(savedFilterOf(row), act) },
          now,
        );
      return row !== undefined;
    });
  }

  async savedFilters(): Promise<SavedFilter[]> {
    return (await this.read('SELECT * FROM saved_filters ORDER BY saved_at, id', [])).map(savedFilterOf);
  }
}
