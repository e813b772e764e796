import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import type { CrosswalkEntry, CrosswalkQuestion } from '../../model/crosswalk-entry.ts';
import { accept, claim, failure } from './claimed-run.ts';
import type { OpenStore } from './open-store.ts';

const entry = (more: Partial<CrosswalkEntry> = {}): CrosswalkEntry => ({
  ...{ table: 'tax-code', from: 'crm', value: 'standard', to: 'erp', target: 'VAT-20' },
  ...more,
});
const question = (more: Partial<CrosswalkQuestion> = {}): CrosswalkQuestion => ({
  ...{ table: 'tax-code', from: 'crm', value: 'standard', to: 'erp', date: '2026-06-30' },
  ...more,
});
const ana = { actor: 'ana', reason: 'the law' };
const missing = { class: 'mapping.missing', code: 'CROSSWALK_UNMAPPED', message: 'Nothing.' } as const;

const add = async (store: Store, ...entries: Partial<CrosswalkEntry>[]) =>
  store.changeCrosswalk(
    entries.map((more) => ({ entry: entry(more) })),
    ana,
    100,
  );
const targets = async (store: Store, more: Partial<CrosswalkQuestion> = {}) =>
  (await store.crosswalkFor(question(more))).map(({ target }) => target);
const why = ({ problems }: { problems: { change: number; why: string }[] }) => problems.map((problem) => [problem.change, problem.why]);

/** A run that found nothing, and is a dead letter. */
async function lacks(store: Store, id: string, ...asked: Partial<CrosswalkQuestion>[]): Promise<Run> {
  await accept(store, id);
  const run = (await claim(store)).find(({ event }) => event.id === id) as Run;
  for (const more of asked) await store.noteUnmapped(question(more), run.id, run.token, 20);
  await store.park(run.id, run.token, { failure: missing }, 30);
  return run;
}

export function crosswalkContract(open: OpenStore): void {
  describe('what values of one system are in another', () => {
    it('holds on its first and on its last day, and between one entry and the next there is no day with two', async () => {
      const { store, again } = await open();
      should(
        await add(
          store,
          { validTo: '2026-06-30' },
          { target: 'VAT-21', validFrom: '2026-07-01', validTo: '2026-12-31' },
          { target: 'VAT-22', validFrom: '2027-02-01' },
        ),
      ).have.properties({ problems: [], added: 3, changed: 0, same: 0 });
      const { store: next } = await again(10);
      const days = ['1999-01-01', '2026-06-30', '2026-07-01', '2026-12-31', '2027-01-01', '2027-02-01', '9998-12-31'];
      const found = await Promise.all(days.map((date) => targets(next, { date })));
      found.should.deepEqual([['VAT-20'], ['VAT-20'], ['VAT-21'], ['VAT-21'], [], ['VAT-22'], ['VAT-22']]);
    });

    it('is found by its table, its systems and its value to the letter, or for whichever system', async () => {
      const { store } = await open();
      await add(store, {}, { table: 'region', from: '*', target: 'EU' }, { value: '0', to: '*', target: 'none' });
      (await targets(store)).should.deepEqual(['VAT-20']);
      for (const other of [
        { table: 'currency' },
        { from: 'psa' },
        { from: '*' },
        { to: 'erp-2' },
        { value: 'Standard' },
        { value: 'standard ' },
      ])
        (await targets(store, other)).should.deepEqual([]);
      (await targets(store, { table: 'region', from: 'psa' })).should.deepEqual(['EU']);
      (await targets(store, { table: 'region', from: '*' })).should.deepEqual(['EU']);
      (await targets(store, { value: '0', to: 'anything' })).should.deepEqual(['none']);
    });

    it('is refused where there is one on the same day, for the same words or for whichever system, in the store or in the same change', async () => {
      const { store } = await open();
      const first = await add(store, { validFrom: '2026-01-01', validTo: '2026-06-30' });
      for (const more of [{ validFrom: '2026-06-30' }, { validTo: '2026-01-01' }, {}, { from: '*' }, { to: '*', from: '*' }]) {
        const refused = await add(store, { value: 'other' }, { target: 'X', ...more });
        why(refused).should.deepEqual([[1, 'overlap']]);
        should(refused.problems[0]!.row!.id).equal(first.states[0]!.row.id);
      }
      const both = await add(store, { value: 'new' }, { value: 'new', from: '*' });
      should(both.problems).match([{ change: 1, why: 'overlap', row: { value: 'new', from: 'crm' } }]);
      should(await store.crosswalkTables()).deepEqual([{ table: 'tax-code', rows: 1 }]);
      why(await add(store, { from: 'psa' }, { to: 'erp-2' }, { table: 'region' }, { validFrom: '2026-07-01' })).should.deepEqual([]);
    });

    it('is refused where the value is taken for another by a person, and never where another system says it', async () => {
      const { store } = await open();
      await add(store, { value: 'Acme Ltd' });
      for (const value of ['ACME LTD', 'Acme  Ltd', 'Acme\u00a0Ltd', 'Ａcme Ltd'])
        why(await add(store, { value, validFrom: '2030-01-01' })).should.deepEqual([[0, 'alike']], value);
      why(await add(store, { value: 'ACME LTD', from: 'psa' }, { value: 'Acme Ltd.' })).should.deepEqual([]);
      const long = '\ufdfa'.repeat(300);
      why(await add(store, { value: long, target: long })).should.deepEqual([]);
      (await targets(store, { value: long })).should.deepEqual([long]);
    });

    it('is changed by who has seen it as it is; who comes second changes nothing, and is told', async () => {
      const { store } = await open();
      const { id } = (await add(store, {})).states[0]!.row;
      const change = (target: string, version: number, more: Partial<CrosswalkEntry> = {}) =>
        store.changeCrosswalk([{ id, version, entry: entry({ target, ...more }) }], { actor: 'bob' }, 200);
      should(await change('VAT-21', 1)).have.properties({ problems: [], changed: 1, added: 0 });
      const late = await change('VAT-99', 1);
      should(late.problems).match([{ why: 'moved-on', row: { version: 2, actor: 'bob', target: 'VAT-21', at: 200 } }]);
      should(await change('VAT-21', 2)).have.properties({ problems: [], same: 1, changed: 0 });
      why(await change('VAT-22', 2, { value: 'reduced' })).should.deepEqual([[0, 'other-words']]);
      const twice = { id, version: 2, entry: entry({ target: 'VAT-22' }) };
      why(await store.changeCrosswalk([twice, twice], ana, 201)).should.deepEqual([[1, 'twice']]);
      const [one, other] = await Promise.all([change('VAT-23', 2), change('VAT-24', 2)]);
      should([one.changed, other.changed]).deepEqual([1, 0]);
      should(await store.crosswalkHistory(id)).match([
        { version: 1, target: 'VAT-20', actor: 'ana', reason: 'the law', at: 100 },
        { version: 2, target: 'VAT-21', actor: 'bob', at: 200 },
        { version: 3, target: 'VAT-23' },
      ]);
      (await targets(store)).should.deepEqual(['VAT-23']);
    });

    it('is ended by one change and followed by another in the same one, whatever their order', async () => {
      const { store } = await open();
      const { id } = (await add(store, {})).states[0]!.row;
      const next = { entry: entry({ target: 'VAT-21', validFrom: '2026-07-01' }) };
      const ends = { id, version: 1, entry: entry({ validTo: '2026-06-30' }) };
      should(await store.changeCrosswalk([next, ends], ana, 200)).have.properties({ problems: [], added: 1, changed: 1 });
      should([await targets(store), await targets(store, { date: '2026-07-01' })]).deepEqual([['VAT-20'], ['VAT-21']]);
    });

    it('that was a mistake is taken out, stays in the history, and makes room', async () => {
      const { store } = await open();
      const { id } = (await add(store, {})).states[0]!.row;
      should(await store.changeCrosswalk([{ id, version: 1 }, { entry: entry({ target: 'VAT-21' }) }], ana, 200)).have.properties({
        problems: [],
        removed: 1,
        added: 1,
      });
      (await targets(store)).should.deepEqual(['VAT-21']);
      should(await store.crosswalkHistory(id)).match([{ version: 1 }, { version: 2, removed: true, target: 'VAT-20' }]);
      for (const gone of [
        { id, version: 2 },
        { id: 'unknown', version: 1, entry: entry() },
      ])
        why(await store.changeCrosswalk([gone], ana, 300)).should.deepEqual([[0, 'gone']]);
      const twice = await store.changeCrosswalk([{ entry: entry({ value: 'x' }) }, { id, version: 2 }], ana, 300);
      why(twice).should.deepEqual([[1, 'gone']]);
      (await targets(store, { value: 'x' })).should.deepEqual([]);
    });

    it('is in the journal, each state with who and why; a trial is not', async () => {
      const { store } = await open();
      should(await store.changeCrosswalk([{ entry: entry() }], { ...ana, dryRun: true }, 50)).have.properties({ added: 1, problems: [] });
      (await targets(store)).should.deepEqual([]);
      const { id } = (await add(store, {})).states[0]!.row;
      await store.changeCrosswalk([{ id, version: 1 }], ana, 200);
      const lines = await store.journal({ limit: 10 });
      lines.map(({ action }) => action).should.deepEqual(['crosswalk.added', 'crosswalk.removed']);
      should(lines[0]).match({
        actor: 'ana',
        subject: `crosswalk ${id}`,
        detail: { value: 'standard', target: 'VAT-20', reason: 'the law' },
      });
      should(await store.verifyJournal()).equal(undefined);
    });

    it('is listed in order, filtered and page by page, also when the last of a page is taken out meanwhile', async () => {
      const { store } = await open();
      const values = ['a', 'b', 'c', 'd', 'e'];
      const { states } = await add(store, ...values.map((value) => ({ value })), { table: 'region', value: 'EMEA', validTo: '2026-01-31' });
      const list = async (more: object = {}) => (await store.crosswalkRows({ limit: 10, ...more })).map(({ value }) => value);
      (await list()).should.deepEqual(['EMEA', ...values]);
      (await list({ table: 'tax-code', limit: 2 })).should.deepEqual(['a', 'b']);
      await store.changeCrosswalk([{ id: states[1]!.row.id, version: 1 }], ana, 200);
      (await list({ table: 'tax-code', limit: 2, after: states[1]!.row.id })).should.deepEqual(['c', 'd']);
      (await list({ search: 'mea' })).should.deepEqual(['EMEA']);
      (await list({ search: 'vat', from: 'crm', to: 'erp', on: '2026-02-01' })).should.deepEqual(['a', 'c', 'd', 'e']);
      (await list({ from: 'psa' })).should.deepEqual([]);
    });
  });

  describe('what runs found nothing for', () => {
    it('is listed once for all of them, with the days, until there is an entry for it or they have ended', async () => {
      const { store, again } = await open();
      const first = await lacks(store, 'A', {}, {});
      await lacks(store, 'B', { date: '2026-07-31' });
      const other = await lacks(store, 'C', { value: 'reduced' });
      const { store: next } = await again(40);
      should(await next.unmapped(10)).match([
        {
          ...{ table: 'tax-code', from: 'crm', value: 'standard', to: 'erp' },
          firstDate: '2026-06-30',
          lastDate: '2026-07-31',
          runs: 2,
          since: 20,
        },
        { value: 'reduced', runs: 1, run: other.id },
      ]);
      (await next.unmapped(1)).should.have.length(1);
      await next.discard(other.id, { actor: 'ana' }, 50);
      await add(next, { validTo: '2026-06-30' });
      should(await next.unmapped(10)).match([{ value: 'standard', runs: 1, firstDate: '2026-07-31' }]);
      should(await next.mappedRuns(10)).match([{ run: first.id, actor: 'ana' }]);
    });

    it('lets a run go on when there is an entry for all that it lacked, and not by what an earlier delivery lacked', async () => {
      const { store } = await open();
      const both = await lacks(store, 'A', {}, { value: 'reduced' });
      await add(store, { to: '*' });
      (await store.mappedRuns(10)).should.deepEqual([]);
      await add(store, { value: 'reduced' });
      should(await store.mappedRuns(10)).match([{ run: both.id }]);
      await store.replay(both.id, { actor: 'ana' }, 60);
      (await store.mappedRuns(10)).should.deepEqual([]);
      const [later] = (await claim(store, 70)) as [Run];
      await store.park(later.id, later.token, { failure: missing }, 80);
      (await store.mappedRuns(10)).should.deepEqual([]);
      await store.replay(both.id, { actor: 'ana' }, 90);
      const [last] = (await claim(store, 91)) as [Run];
      await store.noteUnmapped(question({ value: 'third' }), last.id, last.token, 92);
      await store.park(last.id, last.token, { failure: missing }, 93);
      should(await store.unmapped(10)).match([{ value: 'third', runs: 1 }]);
      await add(store, { value: 'third' });
      should(await store.mappedRuns(10)).match([{ run: both.id }]);
    });

    it('does not let a run go on that failed of something else, and is not noted by a delivery that is over', async () => {
      const { store } = await open();
      await accept(store, 'A');
      const [run] = (await claim(store)) as [Run];
      await store.noteUnmapped(question(), run.id, run.token, 20);
      await store.park(run.id, run.token, { failure }, 30);
      await add(store, {});
      (await store.mappedRuns(10)).should.deepEqual([]);
      await store.noteUnmapped(question(), run.id, run.token, 40).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
    });

    it('lets runs go on in the order in which they came in', async () => {
      const { store } = await open();
      const runs = [];
      for (const id of ['A', 'B', 'C']) runs.push((await lacks(store, id, {})).id);
      await add(store, {});
      should((await store.mappedRuns(2)).map(({ run }) => run)).deepEqual(runs.slice(0, 2));
      should((await store.mappedRuns(2, runs[1])).map(({ run }) => run)).deepEqual(runs.slice(2));
    });
  });
}
