import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import { accept, claim, failure, noAnswer, question } from './claimed-run.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './open-store.ts';

const entry = { entry: 'in', flow: 'tab', severity: 'normal' as const };

/** Runs as a person looks for them. */
export function runListsContract(open: OpenStore): void {
  const acceptAll = (store: Store, ...events: ReturnType<typeof deal>[]) => store.accept({ ...entry, events, now: 1 });
  const ids = (runs: Run[]) => runs.map((run) => run.event.id);

  describe('what stands open', () => {
    it('is counted by place and cause: all of it, and nothing that has ended', async () => {
      const { store } = await open();
      for (let n = 0; n < 7; n++) await accept(store, `A${n}`);
      const [asks, retried, dead, alsoDead, elsewhere, done] = (await claim(store)) as [Run, Run, Run, Run, Run, Run];
      await store.suspend(asks.id, asks.token, { reason: 'the boss\u0000', node: 'boss' }, 20);
      await store.requestApproval(question(dead), dead.token, 20);
      await store.retry(retried.id, retried.token, { failure: noAnswer, node: 'erp', availableAt: 9_000 }, 20);
      for (const run of [dead, alsoDead]) await store.park(run.id, run.token, { failure, node: 'erp' }, 20);
      await store.park(elsewhere.id, elsewhere.token, { failure: noAnswer }, 20);
      await store.done(done.id, done.token, 20);
      const standing = (await store.standing()).sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
      standing.should.deepEqual([
        { status: 'dead', flow: 'tab', class: noAnswer.class, severity: 'normal', runs: 1, newestAt: 20 },
        { status: 'dead', flow: 'tab', node: 'erp', class: failure.class, severity: 'normal', runs: 2, newestAt: 20 },
        { status: 'waiting', flow: 'tab', node: 'boss', severity: 'normal', runs: 1, newestAt: 20 },
        { status: 'waiting', flow: 'tab', node: 'erp', class: noAnswer.class, severity: 'normal', runs: 1, newestAt: 20 },
      ]);
      (await store.openFigures()).should.deepEqual({ approvals: 1, effectsInDoubt: 0, oldestOpenAt: 1 });
    });

    it('is nothing when nothing is open', async () => {
      const { store } = await open();
      (await store.standing()).should.deepEqual([]);
      (await store.openFigures()).should.deepEqual({ approvals: 0, effectsInDoubt: 0 });
      (await store.openEntries()).should.deepEqual([]);
    });

    it('is found by the nodes at which it enters its flow, each named once, and no node of which all has ended', async () => {
      const { store } = await open();
      for (const [n, node] of ['b', 'a', 'b', 'c', 'd', 'B', 'e'].entries())
        await store.accept({ ...entry, entry: node, events: [deal(`${node}${n}`, `ENG-${n}`)], now: 1 });
      const claimed = async (node: string) => (await store.claim({ entries: [node], limit: 1, now: 10, revision: 'r' }))[0]!;
      const [waits, dead, done] = [await claimed('c'), await claimed('d'), await claimed('e')];
      await store.suspend(waits.id, waits.token, { reason: 'the boss' }, 20);
      await store.park(dead.id, dead.token, { failure, node: 'erp' }, 20);
      await store.done(done.id, done.token, 20);
      await claimed('a'); // under way
      (await store.openEntries()).sort().should.deepEqual(['B', 'a', 'b', 'c']);
    });
  });

  describe('reading runs', () => {
    it('finds those whose failure says something, letter by letter, and no others', async () => {
      const { store } = await open();
      for (let n = 0; n < 4; n++) await accept(store, `A${n}`);
      const [one, two, three] = (await claim(store)) as [Run, Run, Run, Run];
      await store.park(one.id, one.token, { failure: { ...failure, system: 'netsuite' }, node: 'erp' }, 20);
      await store.park(two.id, two.token, { failure: { ...failure, code: 'O"\\dd%_', message: 'says "code":"CLOSED"' } }, 30);
      await store.park(three.id, three.token, { failure: noAnswer }, 40);
      const list = async (...said: object[]) =>
        ids(await store.runs({ status: ['dead'], limit: 10, failure: Object.assign({}, ...said) as object }));
      const says = (name: 'class' | 'code' | 'system', value: string) => ({ [name]: value });
      (await list(says('class', failure.class))).should.deepEqual(['A1', 'A0']);
      (await list(says('code', failure.code))).should.deepEqual(['A0']);
      (await list(says('code', 'O"\\dd%_'))).should.deepEqual(['A1']);
      (await list(says('class', failure.class), says('system', 'netsuite'))).should.deepEqual(['A0']);
      (await list(says('system', 'net'))).should.deepEqual([]);
      (await list(says('code', 'a\u0000b'))).should.deepEqual([]);
      ids(await store.runs({ status: ['dead'], limit: 10, changedFrom: 30, changedBefore: 40 })).should.deepEqual(['A1']);
    });

    it('lists runs newest first, page by page, by status, flow and what a person types', async () => {
      const { store } = await open();
      await acceptAll(store, deal('A1', 'ENG-Alpha'), deal('B1', 'ENG-Beta'));
      await store.accept({ ...entry, entry: 'other', flow: 'tab2', events: [deal('C1', 'ENG-Gamma')], now: 1 });
      const list = async (filter: Partial<Parameters<Store['runs']>[0]>) => ids(await store.runs({ limit: 10, ...filter }));
      (await list({})).should.deepEqual(['C1', 'B1', 'A1']);
      (await list({ limit: 2 })).should.deepEqual(['C1', 'B1']);
      (await list({ before: 2 })).should.deepEqual(['A1']);
      (await list({ flow: 'tab2' })).should.deepEqual(['C1']);
      (await list({ entry: 'in' })).should.deepEqual(['B1', 'A1']);
      (await list({ search: 'eng-BETA' })).should.deepEqual(['B1']);
      (await list({ search: '%' })).should.deepEqual([]);
      const [gamma, , alpha] = await store.runs({ limit: 10 });
      (await list({ ids: [alpha!.id, gamma!.id, 'nobody', '"'] })).should.deepEqual(['C1', 'A1']);
      (await list({ ids: [alpha!.id, gamma!.id], flow: 'tab2' })).should.deepEqual(['C1']);
      (await list({ ids: [] })).should.deepEqual([]);
      (await list({ about: ['ENG-Beta', 'ENG-Alph', '\0'] })).should.deepEqual(['B1']);
      (await list({ about: [] })).should.deepEqual([]);
      (await list({ severity: 'normal', changedFrom: 1, changedBefore: 2 })).should.deepEqual(['C1', 'B1', 'A1']);
      for (const nothing of [{ severity: 'high' as const }, { changedFrom: 2 }, { changedBefore: 1 }, { failure: { code: 'code' } }])
        (await list(nothing)).should.deepEqual([]);
      await claim(store, 10, 1);
      (await list({ status: ['running'] })).should.deepEqual(['A1']);
      (await list({ status: ['ready', 'running', 'ready'] })).should.deepEqual(['C1', 'B1', 'A1']);
      (await store.counts()).should.deepEqual({ ready: 2, running: 1, waiting: 0, done: 0, dead: 0, cancelled: 0 });
      should(await store.run('nobody')).equal(undefined);
    });

    it('leaves the data of large events out of a list, and nothing else', async () => {
      const { store } = await open();
      const { data: _data, ...head } = deal('large');
      const large = { ...head, subject: 'it is ,"data":1', attributes: { dataschema: 'https://x.example' } };
      await acceptAll(store, deal('small'), { ...large, data: { data: 1, text: '\u{1f600}'.repeat(20_000) } });
      const list = async (dataUpTo: number) => store.runs({ limit: 10, dataUpTo });
      const shown = (runs: Run[]) => runs.map(({ event, dataLeftOut = false }) => ({ event, dataLeftOut }));
      const [both, none, all] = await Promise.all([list(20_000), list(0), list(100_000)]);
      shown(both).should.deepEqual([
        { event: { ...large, data: null }, dataLeftOut: true },
        { event: deal('small'), dataLeftOut: false },
      ]);
      shown(none)[1]!.should.deepEqual({ event: { ...deal('small'), data: null }, dataLeftOut: true });
      shown(all)
        .map(({ dataLeftOut }) => dataLeftOut)
        .should.deepEqual([false, false]);
      both.map(({ dataLeftOut: _out, event: _event, ...run }) => run).should.deepEqual(all.map(({ event: _event, ...run }) => run));
    });
  });
}
