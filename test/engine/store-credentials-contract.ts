import 'should';
import should from 'should';
import type { OpenStore } from './open-store.ts';

/** Credentials that change by being used: one renews them at a time, and what replaces them stays. */
export function credentialsContract(open: OpenStore): void {
  const long = 60_000;

  describe('credentials that change by use', () => {
    it('are kept over a restart, until another one takes their place', async () => {
      const { store, again } = await open();
      should(await store.borrowCredential('crm', 'A', long, 10)).deepEqual({});
      (await store.returnCredential('crm', 'A', 'sealed 1', 20)).should.equal(true);
      const { store: later } = await again(30);
      should(await later.borrowCredential('crm', 'B', long, 40)).deepEqual({ sealed: 'sealed 1' });
      (await later.returnCredential('crm', 'B', undefined, 50)).should.equal(true);
      should(await later.borrowCredential('crm', 'A', long, 60)).deepEqual({ sealed: 'sealed 1' });
    });

    it('are renewed by one at a time, who may ask again when the answer was lost', async () => {
      const { store } = await open();
      should(await store.borrowCredential('crm', 'A', long, 10)).deepEqual({});
      should(await store.borrowCredential('crm', 'B', long, 10)).equal(undefined);
      should(await store.borrowCredential('erp', 'B', long, 10)).deepEqual({});
      should(await store.borrowCredential('crm', 'A', long, 10)).deepEqual({});
      await store.returnCredential('crm', 'A', 'sealed', 10);
      should(await store.borrowCredential('crm', 'B', long, 10)).deepEqual({ sealed: 'sealed' });
    });

    it('are given to another when the turn is over, and whoever had it changes nothing any more', async () => {
      const { store } = await open();
      await store.borrowCredential('crm', 'A', 0, 10);
      should(await store.borrowCredential('crm', 'B', long, 10)).deepEqual({});
      (await store.returnCredential('crm', 'A', 'late', 10)).should.equal(false);
      (await store.returnCredential('crm', 'B', 'sealed', 10)).should.equal(true);
      should(await store.borrowCredential('crm', 'A', long, 10)).deepEqual({ sealed: 'sealed' });
    });

    it('are gone when they are forgotten', async () => {
      const { store } = await open();
      await store.borrowCredential('crm', 'A', long, 10);
      await store.returnCredential('crm', 'A', 'sealed', 10);
      await store.forgetCredential('crm');
      should(await store.borrowCredential('crm', 'A', long, 10)).deepEqual({});
    });
  });
}
