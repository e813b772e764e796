import should from 'should';
import type { OpenStore } from './open-store.ts';

const denied = { class: 'auth.denied', code: 'DENIED', message: 'Größe' } as const;
const away = { class: 'transient.unavailable', code: 'AWAY', message: 'Away.' } as const;

export function sourcesContract(open: OpenStore): void {
  describe('sources that cannot read', () => {
    it('are known with the newest reason, and since when; in the next process, too, until they read', async () => {
      const { store, again } = await open();
      const time = { source: 'time', flow: 'tab', severity: 'high' } as const;
      await store.sourceFails({ ...time, failure: denied }, 100);
      await store.sourceFails({ ...time, failure: away }, 200);
      await store.sourceFails({ source: 'deals', flow: 'other', severity: 'low', failure: denied }, 300);
      const { store: next } = await again();
      should(await next.failingSources()).deepEqual([
        { source: 'deals', flow: 'other', severity: 'low', failure: denied, since: 300 },
        { ...time, failure: away, since: 100 },
      ]);
      await next.sourceReads('time');
      await next.sourceReads('never failed');
      should((await next.failingSources()).map(({ source }) => source)).deepEqual(['deals']);
      await next.sourceFails({ ...time, failure: denied }, 900);
      should((await next.failingSources()).map(({ since }) => since)).deepEqual([300, 900]);
    });
  });
}
