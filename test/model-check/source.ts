import type { Engine, Entry } from '../../engine/engine.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Scenario } from './scenario.ts';

/** Id of the node at which all events come in, and of its cursor. */
export const source = 'source';

/** The events come in: all at once, or page by page with the cursor stored. */
export async function arrive(engine: Engine, entry: Entry, scenario: Scenario): Promise<void> {
  const events = scenario.events.map(eventOf);
  const { polled } = scenario;
  for (;;) {
    try {
      const at = polled ? Number((await engine.store.cursor(source)) ?? 0) : 0;
      if (polled && at >= events.length) return;
      const from = polled === 'overlapping' ? Math.max(0, at - 1) : at;
      const page = polled ? events.slice(from, at + 1) : events;
      const lease = engine.instances ? await engine.instances.lease(source) : undefined;
      if (engine.instances && lease === undefined) {
        if ((await engine.store.cursor(source)) === events.length) return;
        await new Promise<void>((resolve) => engine.clock.after(5_000, resolve));
        continue;
      }
      const value = polled ? at + 1 : events.length;
      await engine.accept(entry, page, { source, value, ...(lease === undefined ? {} : { lease }) });
      if (!polled) return;
    } catch {
      await new Promise<void>((resolve) => engine.clock.after(1_000, resolve));
    }
  }
}

const eventOf = ({ id, key, version }: Scenario['events'][number]): SourceEvent => ({
  id,
  source: '/model',
  type: 'com.psconnect.model.happened',
  subject: id,
  time: '2026-01-01T00:00:00Z',
  key,
  ...(version === undefined ? {} : { version: { record: key, at: `t${version}` } }),
  data: {},
});
