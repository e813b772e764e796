import 'should';
import should from 'should';
import { journalStart } from '../../engine/journal.ts';
import type { OpenStore } from './open-store.ts';

/** Who did what, and when. */
export function journalContract(open: OpenStore): void {
  describe('the journal', () => {
    const written = async () => {
      const opened = await open();
      for (const n of [1, 2, 3]) {
        await opened.store.note(
          { actor: 'ana', action: 'batch.posted', subject: `batch ${n}`, detail: { minutes: 60 * n, name: 'Größe' } },
          n,
        );
      }
      return opened;
    };

    it('chains each line to the one before, also across processes', async () => {
      const { again } = await written();
      const { store } = await again();
      await store.note({ actor: 'engine', action: 'more', subject: 'x', detail: null }, 1_000);
      const lines = await store.journal({ limit: 10 });
      lines.map((line) => line.seq).should.deepEqual([1, 2, 3, 4]);
      lines[0]!.previous.should.equal(journalStart);
      lines.slice(1).forEach((line, index) => {
        line.previous.should.equal(lines[index]!.hash);
      });
      lines[3]!.at.should.equal('1970-01-01T00:00:01.000Z');
      should(await store.verifyJournal()).equal(undefined);
    });

    it('says where the last line about each of several is, and of what nothing is said, nothing', async () => {
      const { store } = await written();
      await store.note({ actor: 'ana', action: 'batch.posted', subject: 'batch 1', detail: null }, 4);
      should(await store.lastLines(['batch 1', 'batch 3', 'batch 9'])).deepEqual({ 'batch 1': 4, 'batch 3': 3 });
      should(await store.lastLines([])).deepEqual({});
    });

    it('reads on from a line, and the lines about one thing', async () => {
      const { store } = await written();
      (await store.journal({ after: 1, limit: 1 })).map((line) => line.seq).should.deepEqual([2]);
      (await store.journal({ subject: 'batch 3', limit: 5 })).map((line) => line.seq).should.deepEqual([3]);
      (await store.journal({ newest: true, limit: 2 })).map((line) => line.seq).should.deepEqual([2, 3]);
      await store.note({ actor: 'ana', action: 'batch.posted', subject: 'batch 1', detail: null }, 4);
      await store.note({ actor: 'ana', action: 'batch.posted', subject: 'batch 1', detail: null }, 5);
      (await store.journal({ subject: 'batch 1', newest: true, limit: 2 })).map((line) => line.seq).should.deepEqual([4, 5]);
    });

    it('keeps lines that were written at the same moment in one unbroken chain', async () => {
      const { store } = await open();
      const many = Array.from({ length: 1_200 }, (_, n) => store.note({ actor: 'a', action: 'b', subject: `s${n}`, detail: { n } }, 1));
      await Promise.all(many);
      should(await store.verifyJournal()).equal(undefined);
      (await store.journal({ after: 1_199, limit: 5 })).map((line) => line.subject).should.deepEqual(['s1199']);
    });

    it('says where it ends; where nothing is anchored there is nothing for a person to accept', async () => {
      const { store } = await written();
      const [last] = await store.journal({ after: 2, limit: 1 });
      (await store.journalState()).head!.should.deepEqual({ seq: 3, hash: last!.hash });
      (await store.acceptJournal({ actor: 'ana', reason: 'restored' }, 9)).should.equal(false);
      (await store.journal({ limit: 10 })).length.should.equal(3);
    });
  });
}
