import { randomBytes } from 'node:crypto';
import type { Store } from '../../engine/store.ts';
import type { Failure } from '../../model/failure.ts';
import type { Words } from '../../model/failure-sentence.ts';
import type { SourceEvent } from '../../model/operations.ts';

/** Runs that hold a mark wherever a run can hold something of persons and business, of all sizes, as a store's life mixes them. */
export async function writeMarkedRuns(
  store: Store,
  {
    runs,
    mark,
    at,
    subject,
    end = 'done',
  }: { runs: number; mark: string; at: number; subject?: (n: number) => string; end?: 'done' | 'dead' },
): Promise<SourceEvent[]> {
  const words = (size: number) => `${mark} ${randomBytes(size).toString('hex')} ${mark}`;
  const failure = (n: number): ReturnType<Failure['toJSON']> => ({ class: 'business.rejected', code: 'NO', message: words(n % 900) });
  const events = Array.from({ length: runs }, (_, n): SourceEvent => {
    const id = randomBytes(12).toString('hex');
    const business = subject?.(n) ?? `DEAL-${id}`;
    const data = { name: words((n * 131) % 400), text: words(n % 7 === 0 ? (n * 977) % 9_000 : 5) };
    const attributes = { note: words(8) };
    return { id, source: '/s', type: 't', subject: business, time: '2026-01-01T00:00:00Z', key: business, attributes, data };
  });
  for (let from = 0; from < runs; from += 25) {
    const events_ = events.slice(from, from + 25);
    await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: events_, now: at });
    for (const step of ['retry', 'wait', 'end'] as const) {
      const claimed = await store.claim({ entries: ['in'], limit: 100, now: at + 3, revision: 'r1' });
      await Promise.all(
        claimed.map(async (run, n) => {
          const { id, token } = run;
          const key = `${id} ${randomBytes(4).toString('hex')}`;
          const effect = { key, run: id, node: 'erp', business: `job ${n}`, title: 'Job', system: 'netsuite', settle: 'probe' as const };
          const titleWords = { key: 'WRITE.undo', params: [['title', subject ? `Job of ${run.event.subject}` : 'Job']] } as Words;
          await store.intend({ ...effect, titleWords, request: { body: words(n * 20) }, undo: { body: words(n * 10) } }, token, at);
          await store.noteUnmapped({ table: 't', from: 'a', value: words(8), to: 'b', date: '2026-01-01' }, id, token, at);
          if (step === 'retry') await store.finishEffect(key, { status: 'rejected', failure: failure(n * 30) }, at);
          if (step === 'retry') return store.retry(id, token, { failure: failure(n * 50), node: 'erp', availableAt: at + 1 }, at);
          const asked = await store.requestApproval(
            { run: id, node: 'ask', title: 'Discount', details: { who: words(n * 5) }, severity: 'normal' },
            token,
            at,
          );
          if (step === 'wait') {
            await store.finishEffect(key, { status: 'done', result: { id: '4711' } }, at);
            return store.suspend(id, token, { reason: words(20), node: 'ask', until: at + 2 }, at);
          }
          await store.finishEffect(key, { status: 'in-doubt', failure: failure(n * 30) }, at);
          await store.decideApproval(asked.id, { status: 'approved', actor: 'ana' }, at);
          if (end === 'dead') return store.park(id, token, { failure: failure(n) }, at);
          if (n % 3 > 0) return store.done(id, token, at);
          await store.park(id, token, { failure: failure(40 * n), node: 'erp' }, at);
          if (n % 2) return store.discard(id, { actor: 'ana' }, at);
          await store.compensate(id, { actor: 'ana', reason: 'the customer stepped back' }, at); // the journal keeps it
          return store.cancel(id, { actor: 'ana' }, at);
        }),
      );
    }
  }
  const breaks = [{ kind: 'missing-in-erp', key: 'k', message: words(200) }];
  await store.saveReconciliation({ id: randomBytes(6).toString('hex'), at, node: 'rec', subject: 'time', result: { matched: 3, breaks } });
  return events;
}
