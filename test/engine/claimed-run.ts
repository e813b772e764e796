import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './open-store.ts';

export const failure = { class: 'business.rejected', code: 'CLOSED', message: 'Closed.' } as const;
export const noAnswer = { class: 'transient.timeout', code: 'NO_ANSWER', message: 'No answer.' } as const;

export const claim = (store: Store, now = 10, limit = 10) => store.claim({ entries: ['in'], limit, now, revision: '' });

export const accept = (store: Store, id: string, severity: Run['severity'] = 'normal', key = id) =>
  store.accept({ entry: 'in', flow: 'tab', severity, events: [deal(id, key)], now: 1 });

/** A store with one run, which is under way. */
export async function claimedRun(open: OpenStore) {
  const { store, again } = await open();
  await accept(store, 'A');
  const [run] = (await claim(store)) as [Run];
  return { store, run, again };
}

/** What a run asks a person. */
export const question = (run: Run, more: object = {}) => ({
  run: run.id,
  node: 'boss',
  title: 'Discount of 30 %',
  details: { amount: '1000.00' },
  severity: 'high' as const,
  ...more,
});

/** What the journal says of a run. */
export const actions = async (store: Store, run: Run) => (await store.journal({ subject: run.id, limit: 50 })).map((line) => line.action);
