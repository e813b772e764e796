import { systemClock } from '../../engine/clock.ts';
import { Engine } from '../../engine/engine.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { TestDatabase } from '../../test/engine/embedded-postgres.ts';
import { type Keys, eventsOf } from './events.ts';
import { OrderCheck } from './order.ts';

const entry = { id: 'in', flow: 'tab', policy: defaultPolicy };
let schemas = 0;

/** Our shared store with the engine on it, a schema of its own for each measurement. */
export class Ours {
  private readonly database: TestDatabase;
  private readonly concurrency: number;

  constructor(database: TestDatabase, concurrency: number) {
    this.database = database;
    this.concurrency = concurrency;
  }

  /** Stores pages of events as `accept` asks for it. */
  accept(work: (store: (page: SourceEvent[]) => Promise<unknown>) => Promise<number>): Promise<number> {
    return this.withEngine(
      () => undefined,
      (engine) => work((page) => engine.accept(entry, page)),
    );
  }

  /** Milliseconds for so many runs that do nothing, stored before; and what came out of order. */
  async deliver(count: number, keys: Keys): Promise<{ ms: number; order: OrderCheck }> {
    const order = new OrderCheck();
    const deliver: Deliver = ({ run: { event } }) => order.begin(event.key, (event.data as { n: number }).n);
    const ms = await this.withEngine(deliver, async (engine) => {
      await engine.accept(entry, eventsOf(count, keys));
      const began = performance.now();
      let ended = 0;
      await new Promise<void>((resolve) => {
        engine.on('ended', ({ event }) => {
          order.end(event.key);
          if (++ended === count) resolve();
        });
        engine.start();
      });
      return performance.now() - began;
    });
    return { ms, order };
  }

  private async withEngine<T>(deliver: Deliver, work: (engine: Engine) => Promise<T>): Promise<T> {
    const schema = `ours_${++schemas}`;
    const store = new PostgresStore({ url: this.database.url, schema });
    const engine = new Engine({ store, instances: store.instances, clock: systemClock, concurrency: this.concurrency });
    engine.register({ ...entry, deliver });
    await engine.open();
    try {
      return await work(engine);
    } finally {
      await engine.close();
      await this.database.query(`DROP SCHEMA ${schema} CASCADE`);
    }
  }
}

type Deliver = Parameters<Engine['register']>[0]['deliver'];
