import should from 'should';
import type { Words } from '../../model/failure-sentence.ts';
import { writeMarkedRuns } from './marked-runs.ts';
import type { OpenStore } from './open-store.ts';

export function forgettingContract(open: OpenStore): void {
  describe('what is forgotten', () => {
    it('is everything that an ended run held of persons and business; that it was there is kept', async () => {
      const { store } = await open();
      const events = await writeMarkedRuns(store, { runs: 20, mark: 'ERASE', at: 10, subject: (n) => `jana.weiss${n}@firm.example` });
      const later = await writeMarkedRuns(store, { runs: 3, mark: 'KEEP', at: 1_000 });
      (await store.forget(500, 15)).should.equal(15);
      (await store.forget(500, 15)).should.equal(5);
      (await store.forget(500, 15)).should.equal(0);
      for (const run of await store.runs({ limit: 100 })) {
        const effects = await store.effects(run.id);
        const attempts = await store.failedAttempts(run.id);
        const approvals = await store.approvals({ run: run.id, limit: 10 });
        const all = JSON.stringify({ run, effects, attempts, approvals });
        all.includes('jana.weiss').should.equal(false);
        if (later.some(({ id }) => id === run.event.id)) {
          all.should.match(/KEEP/);
          continue;
        }
        all.should.not.match(/ERASE/);
        effects.length.should.equal(3);
        for (const { request, result, undo, failure } of effects)
          should([request, result, undo, failure]).deepEqual([null, undefined, undefined, undefined]);
        attempts.should.deepEqual([]);
        run.event.should.have.properties({ subject: '•••@firm.example', data: null });
      }
      for (const search of ['jana.weiss', 'ERASE']) should(await store.runs({ search, searchPersons: true, limit: 10 })).deepEqual([]);
      should(await store.runs({ search: '•••@firm', limit: 100 })).have.length(20);
      const totals = (await store.reconciliations(10, 100)).map(
        ({ result }) => result as { matched: number; breaks: unknown[]; breaksForgotten?: number },
      );
      totals
        .map(({ matched, breaks, breaksForgotten }) => [matched, breaks.length, breaksForgotten ?? 0])
        .should.deepEqual([
          [3, 1, 0],
          [3, 0, 1],
        ]);
      const again = await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events, now: 2_000 });
      again.should.deepEqual({ accepted: [], duplicates: 20 });
      should(await store.verifyJournal()).equal(undefined);
    });

    it('is an address in what a write is called, however it is written, in its words, too', async () => {
      const { store } = await open();
      const encoded = ['jana.weiss%40firm.example', 'jana.weiss＠firm.example', 'jana.weiss&#64;firm.example'];
      const event = { id: '1', source: '/s', type: 't', subject: 'A', time: '2026-01-01T00:00:00Z', key: 'A', data: {} };
      await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [event], now: 1 });
      const [run] = await store.claim({ entries: ['in'], limit: 1, now: 2, revision: 'r1' });
      const effect = { run: run!.id, node: 'out', system: 'events', settle: 'repeat', request: {} } as const;
      for (const [n, address] of encoded.entries()) {
        const titleWords: Words = { key: 'WRITE.event', params: [['subject', address]] };
        await store.intend(
          { ...effect, key: `key ${n}`, business: `event ${address}`, title: `Told of ${address}`, titleWords },
          run!.token,
          3,
        );
      }
      const titleWords: Words = { key: 'RECORD.project', params: [['code', 'A-1']] };
      await store.intend({ ...effect, key: 'key', business: 'job A-1', title: 'Project A-1', titleWords }, run!.token, 4);
      await store.done(run!.id, run!.token, 5);
      await store.forget(10, 10);
      const effects = await store.effects(run!.id);
      JSON.stringify(effects).should.not.containEql('jana.weiss');
      effects.length.should.equal(4);
      should(effects.at(-1)).have.properties({ business: 'job A-1', title: 'Project A-1', titleWords });
    });

    it('is every reconciliation of that time, some at a time, also where no run is left', async () => {
      const { store } = await open();
      const result = { matched: 1, breaks: [{ key: 'kantata:1', psa: { person: 'jana.weiss@firm.example' } }] };
      for (let n = 0; n < 7; n++) await store.saveReconciliation({ id: `r${n}`, at: 10 + n, node: 'n', subject: 'time', result });
      const forgotten: number[] = [];
      for (let count = 3; count === 3;) forgotten.push((count = await store.forget(500, 3)));
      forgotten.should.deepEqual([3, 3, 0]);
      const kept = await store.reconciliations(10, 100);
      kept.map((one) => one.result).should.deepEqual(Array(7).fill({ matched: 1, breaks: [], breaksForgotten: 1 }));
    });

    it('is what owners have said of fields at that time, by runs that have ended, some at a time', async () => {
      const { store } = await open();
      const event = { source: '/s', type: 't', subject: 'A', time: '2026-01-01T00:00:00Z', data: {} };
      const events = ['done', 'dead'].map((id) => ({ ...event, id, key: id }));
      await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events, now: 1 });
      const [done, dead] = await store.claim({ entries: ['in'], limit: 2, now: 2, revision: 'r1' });
      for (const [run, at] of [
        [done!, 10],
        [dead!, 11],
        [done!, 1_000],
      ] as const) {
        const fields = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((field) => [field, 'digest']));
        const statement = { node: 'guard', record: `${run.event.id} ${at}`, system: 'crm', fields };
        await store.state(statement, run.id, run.token, at);
      }
      await store.done(done!.id, done!.token, 20);
      await store.park(dead!.id, dead!.token, { failure: { class: 'internal', code: 'X', message: 'X.' } }, 20);
      for (let count = 3; count === 3;) count = await store.forget(500, 3);
      (await store.stated('done 10')).should.deepEqual([]);
      (await store.stated('dead 11')).should.have.length(5);
      (await store.stated('done 1000')).should.have.length(5);
    });

    it('never becomes part of the journal: what is personal is masked before', async () => {
      const { store } = await open();
      const detail = { reason: 'jana.weiss@firm.example asked for it', result: { id: '1', email: 'jana.weiss@firm.example' } };
      await store.note({ actor: 'ana', action: 'run.discarded', subject: 'r1', detail }, 1);
      const [line] = await store.journal({ limit: 1 });
      line!.detail!.should.deepEqual({ reason: '•••@firm.example asked for it', result: { id: '1', email: '•••' } });
      should(await store.verifyJournal()).equal(undefined);
    });
  });
}
