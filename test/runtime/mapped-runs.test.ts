import should from 'should';
import type { Engine } from '../../engine/engine.ts';
import type { Run } from '../../engine/store/runs.ts';
import { keepReleasing, releaseMapped } from '../../runtime/mapped-runs.ts';
import { ManualClock } from '../engine/manual-clock.ts';
import { deal } from '../engine/sample-events.ts';
import { MemoryStore } from '../model-check/memory-store.ts';
import { until } from '../until.ts';

const missing = { class: 'mapping.missing', code: 'CROSSWALK_UNMAPPED', message: 'Nothing.' } as const;
const question = { table: 'region', from: 'crm', value: 'EMEA', to: 'erp', date: '2026-06-30' };
const enter = (store: MemoryStore, actor = 'ana') =>
  store.changeCrosswalk([{ entry: { table: 'region', from: 'crm', value: 'EMEA', to: '*', target: '1' } }], { actor }, 50);

/** So many runs wait for an entry. */
async function waiting(count: number): Promise<{ store: MemoryStore; runs: Run[] }> {
  const store = new MemoryStore();
  const events = Array.from({ length: count }, (_, index) => deal(`D-${index}`, `D-${index}`));
  await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events, now: 1 });
  const runs = await store.claim({ entries: ['in'], limit: count, now: 10, revision: '' });
  for (const { id, token } of runs) {
    await store.noteUnmapped(question, id, token, 20);
    await store.park(id, token, { failure: missing }, 30);
  }
  return { store, runs };
}
/** An instance over the store. */
const instance = (store: MemoryStore, clock = new ManualClock()) =>
  ({ store, clock, wake: () => undefined, emit: () => true }) as unknown as Engine;
const replayed = async (store: MemoryStore) => (await store.journal({ limit: 1_000 })).filter(({ action }) => action === 'run.replayed');

describe('Runs that wait for an entry of a map', () => {
  it('all go on when it is there, in order of arrival, each with who has entered it', async () => {
    const { store, runs } = await waiting(250);
    should(await releaseMapped(instance(store))).equal(0);
    await enter(store, 'finance');
    should(await releaseMapped(instance(store))).equal(250);
    const lines = await replayed(store);
    should(lines.map(({ subject }) => subject)).deepEqual(runs.map(({ id }) => id));
    should(lines[0]).match({ actor: 'finance', detail: { reason: 'region: there is an entry for EMEA' } });
    should(await store.counts()).match({ ready: 250, dead: 0 });
    should(await releaseMapped(instance(store))).equal(0);
  });

  it('go on once, when several instances look at the same moment', async () => {
    const { store } = await waiting(120);
    await enter(store);
    const counts = await Promise.all([instance(store), instance(store), instance(store)].map(releaseMapped));
    should(counts.reduce((sum, one) => sum + one, 0)).equal(120);
    should(await replayed(store)).have.length(120);
  });

  it('go on when an instance begins, and when it looks again, whoever has entered it and wherever', async () => {
    const { store } = await waiting(1);
    await enter(store);
    const clock = new ManualClock();
    const looks = { engine: instance(store, clock), clock, log: { warn: (text: string) => should.fail(text, '') } };
    await keepReleasing(looks);
    should(await replayed(store)).have.length(1);
    const [run] = (await store.claim({ entries: ['in'], limit: 1, now: 2_000_000, revision: '' })) as [Run];
    await store.noteUnmapped({ ...question, value: 'APAC' }, run.id, run.token, 101);
    await store.park(run.id, run.token, { failure: missing }, 102);
    await store.changeCrosswalk([{ entry: { ...question, value: 'APAC', target: '2' } }], { actor: 'bob' }, 103);
    clock.step();
    await until(
      async () => (await replayed(store)).length === 2,
      () => 'it does not go on',
    );
  });
});
