import 'should';
import should from 'should';
import type { Json } from '../../model/json.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './open-store.ts';

const entry = { entry: 'in', flow: 'tab', severity: 'normal' as const };
const refused = { class: 'contract.invalid', code: 'DATA_NOT_STORABLE' };

/** Lists in lists. */
function nested(levels: number): Json {
  let value: Json = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

/** What no store can take concerns the one call that brought it. */
export function refusalsContract(open: OpenStore): void {
  describe('what cannot be stored', () => {
    const deep = nested(100_000);
    const circular: Record<string, Json> = {};
    circular['itself'] = circular;
    const hostile: [string, Json][] = [
      ['nested 100,000 levels deep', deep],
      ['a value that holds itself', circular],
      ['a number beyond JSON', 10n as unknown as Json],
    ];

    for (const [name, data] of hostile) {
      it(`refuses ${name}, and takes what was asked for in the same moment, in order`, async () => {
        const { store } = await open();
        const accept = (id: string, given: Json, key = id) =>
          store.accept({ ...entry, events: [{ ...deal(id, key), data: given }], now: 1 });
        const [before, bad, note, badNote, after] = await Promise.allSettled([
          accept('A', 1, 'one'),
          accept('BAD', data),
          store.note({ actor: 'ana', action: 'first', subject: 's', detail: {} }, 1),
          store.note({ actor: 'ana', action: 'bad', subject: 's', detail: { data } }, 1),
          accept('B', 2, 'one'),
        ]);
        [before, note, after].map(({ status }) => status).should.deepEqual(['fulfilled', 'fulfilled', 'fulfilled']);
        for (const call of [bad, badNote]) should((call as PromiseRejectedResult).reason).have.properties(refused);
        const runs = await store.runs({ limit: 10 });
        runs.map((run) => run.event.id).should.deepEqual(['B', 'A']);
        (await store.journal({ limit: 10 })).map((line) => line.action).should.deepEqual(['first']);
        should(await store.verifyJournal()).equal(undefined);
      });
    }

    it('refuses it from whoever brings it: cursor, replay, intent, result, undo, reconciliation, revision', async () => {
      const { store } = await open();
      await store.accept({ ...entry, events: [deal('A')], now: 1 });
      const [run] = await store.claim({ entries: ['in'], limit: 1, now: 2, revision: 'r' });
      const { id, token } = run!;
      const effect = { key: 'k', run: id, node: 'n', business: 'b', title: 't', system: 's', settle: 'probe' as const };
      const cursor = { source: 'in', value: deep };
      await store.accept({ ...entry, events: [deal('C')], cursor, now: 3 }).should.be.rejectedWith(refused);
      await store.intend({ ...effect, request: deep }, token, 3).should.be.rejectedWith(refused);
      await store.intend({ ...effect, request: {}, undo: deep }, token, 3).should.be.rejectedWith(refused);
      await store.intend({ ...effect, request: {} }, token, 3);
      await store.finishEffect('k', { status: 'done', result: deep }, 4).should.be.rejectedWith(refused);
      await store.saveReconciliation({ id: 'r', at: 4, node: 'n', subject: 's', result: deep }).should.be.rejectedWith(refused);
      await store.saveRevision('r', deep, 4).should.be.rejectedWith(refused);
      await store.park(id, token, { failure: { class: 'internal', code: 'X', message: 'x' } }, 5);
      await store.settleEffect('k', { made: true, result: deep, actor: 'ana' }, 6).should.be.rejectedWith(refused);
      await store.replay(id, { actor: 'ana', data: deep }, 6).should.be.rejectedWith(refused);
      (await store.run(id))!.should.have.properties({ status: 'dead', event: deal('A') });
      (await store.effects(id)).map(({ status }) => status).should.deepEqual(['intended']);
      should(await store.cursor('in')).equal(undefined);
      (await store.reconciliations(5, 100)).should.deepEqual([]);
      (await store.journal({ limit: 10 })).map((line) => line.action).should.deepEqual(['run.dead']);
    });

    it('answers what is asked for with text that no database has as if nothing were there', async () => {
      const { store } = await open();
      const asked = await Promise.allSettled([
        store.run('\0'),
        store.runs({ search: '\0', limit: 1 }),
        store.discard('\0', { actor: 'ana' }, 1),
        store.settleEffect('\0', { made: true, actor: 'ana' }, 1),
        store.accept({ ...entry, events: [deal('A')], now: 1 }),
      ]);
      for (const call of asked) if (call.status === 'rejected') should(call.reason).have.properties(refused);
      asked.at(-1)!.status.should.equal('fulfilled');
    });

    it('stores very many events in one transaction: all of them, in order, or none', async function () {
      this.timeout(60_000);
      const { store } = await open();
      const events = Array.from({ length: 3_000 }, (_, n) => deal(`E-${n}`));
      const broken = { ...deal('BROKEN'), key: null as unknown as string };
      await store.accept({ ...entry, events: [...events, broken], now: 1 }).should.be.rejected();
      (await store.counts()).ready.should.equal(0);
      const [stored, again] = await Promise.all([
        store.accept({ ...entry, events: [...events, deal('E-7')], now: 1 }),
        store.accept({ ...entry, events: events.slice(0, 1_000), now: 1 }),
      ]);
      (stored.accepted.length + again.accepted.length).should.equal(3_000);
      (stored.duplicates + again.duplicates).should.equal(1_001);
      const runs = await store.claim({ entries: ['in'], limit: 3_000, now: 2, revision: 'r' });
      new Set(runs.map((run) => run.id)).should.deepEqual(new Set([...stored.accepted, ...again.accepted]));
      const order = runs.map((run) => Number(run.event.id.slice(2))).filter((n) => n >= 1_000);
      order.should.deepEqual(order.toSorted((one, other) => one - other));
    });

    it('takes away the mark of an event that was refused when a person gives it other data', async () => {
      const { store } = await open();
      const mark = { class: 'contract.invalid', code: 'DATA_NOT_STORABLE', message: 'x' } as const;
      await store.accept({ ...entry, events: [{ ...deal('A'), data: null, refused: mark }], now: 1 });
      const [run] = await store.claim({ entries: ['in'], limit: 1, now: 2, revision: 'r' });
      await store.park(run!.id, run!.token, { failure: mark }, 3);
      await store.replay(run!.id, { actor: 'ana', data: { code: 'A' } }, 4);
      (await store.run(run!.id))!.event.should.deepEqual(deal('A'));
    });
  });
}
