import 'should';
import should from 'should';
import type { ApiKeys } from '../../engine/store/api-keys.ts';
import type { OpenStore } from './open-store.ts';

const key = (id: string): Parameters<ApiKeys['addApiKey']>[0] => ({
  ...{ id, hash: `hash of ${id}`, consumer: 'payroll', scopes: ['timesheets', 'projects'] },
});

/** Keys of consumers: of each its hash alone, and who made and revoked it. */
export function apiKeysContract(open: OpenStore): void {
  describe('keys of consumers', () => {
    it('are kept over a restart in the order in which they were made, with when they end', async () => {
      const { store, again } = await open();
      (await store.addApiKey(key('B'), { actor: 'kim' }, 10)).should.equal(true);
      (await store.addApiKey({ ...key('A'), expiresAt: 99 }, { actor: 'kim', reason: 'rotation' }, 20)).should.equal(true);
      const { store: later } = await again(30);
      should(await later.apiKeys()).deepEqual([
        { ...key('B'), createdAt: 10 },
        { ...key('A'), createdAt: 20, expiresAt: 99 },
      ]);
      const lines = await later.journal({ limit: 10, subject: 'A' });
      should(lines.map(({ actor, action, detail }) => ({ actor, action, detail }))).deepEqual([
        {
          ...{ actor: 'kim', action: 'api-key.made' },
          detail: { consumer: 'payroll', scopes: ['timesheets', 'projects'], expiresAt: 99, reason: 'rotation' },
        },
      ]);
    });

    it('are made once: another of the same id takes the place of none', async () => {
      const { store } = await open();
      await store.addApiKey(key('A'), { actor: 'kim' }, 10);
      (await store.addApiKey({ ...key('A'), consumer: 'somebody else' }, { actor: 'eve' }, 20)).should.equal(false);
      should(await store.apiKeys()).deepEqual([{ ...key('A'), createdAt: 10 }]);
      should(await store.journal({ limit: 10, subject: 'A' })).have.length(1);
    });

    it('are revoked once and for good, each by itself', async () => {
      const { store } = await open();
      await store.addApiKey(key('A'), { actor: 'kim' }, 10);
      await store.addApiKey(key('B'), { actor: 'kim' }, 10);
      (await store.revokeApiKey('A', { actor: 'kim', reason: 'lost' }, 20)).should.equal(true);
      (await store.revokeApiKey('A', { actor: 'kim' }, 30)).should.equal(false);
      (await store.revokeApiKey('C', { actor: 'kim' }, 30)).should.equal(false);
      should((await store.apiKeys()).map(({ id, revokedAt }) => [id, revokedAt])).deepEqual([
        ['A', 20],
        ['B', undefined],
      ]);
      const [, revoked] = await store.journal({ limit: 10, subject: 'A' });
      should(revoked).match({ actor: 'kim', action: 'api-key.revoked', detail: { reason: 'lost' } });
    });
  });
}
