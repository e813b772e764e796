import should from 'should';
import type { Store } from '../../engine/store.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Statement } from '../../engine/store/statements.ts';
import { accept, claim, failure } from './claimed-run.ts';
import type { OpenStore } from './open-store.ts';

const statement = (fields: Statement['fields'], more: Partial<Statement> = {}): Statement => ({
  ...{ node: 'guard', record: 'acme', system: 'crm', fields },
  ...more,
});

/** A run that is under way. */
async function begun(store: Store, id: string): Promise<Run> {
  await accept(store, id);
  return (await claim(store)).find(({ event }) => event.id === id) as Run;
}

export function statementsContract(open: OpenStore): void {
  describe('what owners have said of fields', () => {
    const said = (store: Store, run: Run, fields: Statement['fields'], more: Partial<Statement> = {}) =>
      store.state(statement(fields, more), run.id, run.token, 20);
    const end = (store: Store, run: Run) => store.done(run.id, run.token, 30);

    it('is passed on when it is new, and known when the run that said it is done, not before', async () => {
      const { store, again } = await open();
      const first = await begun(store, 'A');
      should(await said(store, first, { name: 'x', phone: 'y' })).deepEqual({ name: 'new', phone: 'new' });
      const second = await begun(store, 'B');
      should(await said(store, second, { name: 'x' })).deepEqual({ name: 'new' });
      await end(store, first);
      const third = await begun(store, 'C');
      should(await said(store, third, { name: 'x', phone: 'y' })).deepEqual({ name: 'new', phone: 'known' });
      await end(store, second);
      await end(store, third);
      const { store: next } = await again();
      const fourth = await begun(next, 'D');
      should(await said(next, fourth, { name: 'x', phone: 'z' })).deepEqual({ name: 'known', phone: 'new' });
    });

    it('is the same answer for the same run, however often it comes', async () => {
      const { store, again } = await open();
      const run = await begun(store, 'A');
      should(await said(store, run, { name: 'x' })).deepEqual({ name: 'new' });
      const { store: next } = await again(15); // it died
      const [later] = (await claim(next, 20)) as [Run];
      should(await next.state(statement({ name: 'x' }), later.id, later.token, 20)).deepEqual({ name: 'new' });
      await end(next, later);
      should(await said(next, await begun(next, 'B'), { name: 'x' })).deepEqual({ name: 'known' });
    });

    it('of a run that failed, and was discarded, was not passed on', async () => {
      const { store } = await open();
      await end(store, await begun(store, 'A'));
      const good = await begun(store, 'B');
      await said(store, good, { name: 'x' });
      await end(store, good);
      const bad = await begun(store, 'C');
      should(await said(store, bad, { name: 'y' })).deepEqual({ name: 'new' });
      await store.park(bad.id, bad.token, { failure }, 25);
      // half of it may have been written: neither value counts as passed on
      for (const [id, name] of [
        ['D', 'y'],
        ['E', 'x'],
      ] as const) {
        const run = await begun(store, id);
        should(await said(store, run, { name })).deepEqual({ name: 'new' });
        await store.park(run.id, run.token, { failure }, 26);
        await store.discard(run.id, { actor: 'ana' }, 27);
      }
      should(await said(store, await begun(store, 'F'), { name: 'x' })).deepEqual({ name: 'new' });
    });

    it('is overtaken by what the owner said of a later state, field by field', async () => {
      const { store } = await open();
      const [older, newer] = [await begun(store, 'A'), await begun(store, 'B')];
      should(await said(store, newer, { name: 'new' }, { at: '2026-02-02' })).deepEqual({ name: 'new' });
      should(await said(store, older, { name: 'old', phone: 'p' }, { at: '2026-02-01' })).deepEqual({ name: 'overtaken', phone: 'new' });
      await end(store, newer);
      // what is known moves on with the state that says so again
      const same = await begun(store, 'C');
      should(await said(store, same, { name: 'new' }, { at: '2026-02-05' })).deepEqual({ name: 'known' });
      const between = await begun(store, 'D');
      should(await said(store, between, { name: 'between' }, { at: '2026-02-03' })).deepEqual({ name: 'overtaken' });
      should(await said(store, between, { name: 'between' }, { at: '2026-02-06' })).deepEqual({ name: 'new' });
    });

    it('has the order of arrival where no state is named, and of two of one time', async () => {
      const { store } = await open();
      const [first, second] = [await begun(store, 'A'), await begun(store, 'B')];
      await said(store, second, { name: 'b', phone: 'b' }, { at: '2026-02-02' });
      should(await said(store, first, { name: 'a' }, { at: '2026-02-02' })).deepEqual({ name: 'overtaken' });
      should(await said(store, first, { phone: 'a' })).deepEqual({ phone: 'overtaken' });
      should(await said(store, await begun(store, 'C'), { phone: 'c' })).deepEqual({ phone: 'new' });
    });

    it('is each node’s own, and another system’s that became the owner begins anew', async () => {
      const { store } = await open();
      const run = await begun(store, 'A');
      await said(store, run, { name: 'x' }, { at: '2026-09-09' });
      await end(store, run);
      const later = await begun(store, 'B');
      should(await said(store, later, { name: 'x' }, { node: 'other' })).deepEqual({ name: 'new' });
      should(await said(store, later, { name: 'x' }, { record: 'bell' })).deepEqual({ name: 'new' });
      should(await said(store, later, { name: 'x' }, { system: 'erp', at: '2026-01-01' })).deepEqual({ name: 'new' });
    });

    it('is heard wherever it was said, until its record is forgotten', async () => {
      const { store } = await open();
      const run = await begun(store, 'A');
      await said(store, run, { name: 'x' });
      await said(store, run, { terms: 't' }, { node: 'other', system: 'erp' });
      await said(store, run, { name: 'z' }, { record: 'bell' });
      should(await store.stated('acme')).deepEqual([
        { field: 'name', system: 'crm', digest: 'x' },
        { field: 'terms', system: 'erp', digest: 't' },
      ]);
      should(await store.forgetStatements('acme')).equal(2);
      should(await store.forgetStatements('acme')).equal(0);
      should(await store.stated('acme')).deepEqual([]);
      should(await store.stated('bell')).have.length(1);
    });

    it('is refused from a delivery that is over', async () => {
      const { store } = await open();
      const run = await begun(store, 'A');
      await store.release(run.id, run.token, 15);
      await said(store, run, { name: 'x' }).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
      should(await store.stated('acme')).deepEqual([]);
    });

    it('has one key for all digests, the first', async () => {
      const { store, again } = await open();
      should(await store.statementKey('one')).equal('one');
      should(await store.statementKey('two')).equal('one');
      const { store: next } = await again();
      should(await next.statementKey('three')).equal('one');
    });
  });
}
