import 'should';
import should from 'should';
import type { SavedFilters } from '../../engine/store/saved-filters.ts';
import type { OpenStore } from './open-store.ts';

const filter = (id: string, more: object = {}): Parameters<SavedFilters['saveFilter']>[0] => ({
  ...{ id, list: 'dead-letters', name: `Filter ${id}`, filter: { class: 'mapping.missing', search: 'a"\u00e9' }, namesPerson: false },
  ...more,
});

/** Filters that have a name. */
export function savedFiltersContract(open: OpenStore): void {
  const [kim, eve] = [{ actor: 'kim' }, { actor: 'eve' }];

  describe('filters that have a name', () => {
    it('are kept over a restart in the order in which they were saved, with who has saved them', async () => {
      const { store, again } = await open();
      (await store.saveFilter(filter('B'), kim, 10)).should.equal(true);
      (await store.saveFilter(filter('A', { list: 'runs', namesPerson: true }), eve, 20)).should.equal(true);
      const { store: later } = await again(30);
      should(await later.savedFilters()).deepEqual([
        { ...filter('B'), by: 'kim', savedAt: 10 },
        { ...filter('A', { list: 'runs', namesPerson: true }), by: 'eve', savedAt: 20 },
      ]);
    });

    it('have a name once in their list, whatever its letters: the second does not take the place of the first', async () => {
      const { store } = await open();
      (await store.saveFilter(filter('A', { name: 'Month end' }), kim, 10)).should.equal(true);
      (await store.saveFilter(filter('B', { name: ' month  END', filter: {} }), eve, 20)).should.equal(false);
      (await store.saveFilter(filter('C', { name: 'month end', list: 'runs' }), eve, 20)).should.equal(true);
      (await store.saveFilter(filter('D'), eve, 20)).should.equal(true);
      (await store.renameFilter('D', 'MONTH end', eve, 30)).should.equal('taken');
      (await store.renameFilter('A', 'Month End', kim, 30)).should.equal('renamed');
      (await store.renameFilter('nobody', 'x', kim, 30)).should.equal('gone');
      should((await store.savedFilters()).map(({ id, name }) => [id, name])).deepEqual([
        ['A', 'Month End'],
        ['C', 'month end'],
        ['D', 'Filter D'],
      ]);
    });

    it('are saved, renamed and deleted in the journal, which does not say by whom is looked for', async () => {
      const { store } = await open();
      await store.saveFilter(filter('A'), kim, 10);
      await store.renameFilter('A', 'Other', eve, 20);
      (await store.deleteFilter('A', { ...kim, reason: 'old' }, 30)).should.equal(true);
      (await store.deleteFilter('A', kim, 40)).should.equal(false);
      await store.saveFilter(filter('P', { name: 'Ada', namesPerson: true }), kim, 50);
      should((await store.savedFilters()).map(({ id }) => id)).deepEqual(['P']);
      const lines = await store.journal({ limit: 10, subject: 'A' });
      should(lines.map(({ actor, action, detail }) => [actor, action, detail])).deepEqual([
        ['kim', 'filter.saved', { list: 'dead-letters', name: 'Filter A', reason: null }],
        ['eve', 'filter.renamed', { list: 'dead-letters', name: 'Other', reason: null }],
        ['kim', 'filter.deleted', { list: 'dead-letters', name: 'Other', reason: 'old' }],
      ]);
      should((await store.journal({ limit: 10, subject: 'P' }))[0]).match({ detail: { list: 'dead-letters', reason: null } });
      JSON.stringify(await store.journal({ limit: 10 })).should.not.containEql('Ada');
    });
  });
}
