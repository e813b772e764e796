import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { startPostgres } from '../../test/engine/embedded-postgres.ts';
import { atLeast, type Figure, type FigureResult, type Target } from '../harness/figure.ts';
import { slowEffect } from '../harness/flows.ts';
import { MeasuredNodeRed } from '../harness/node-red.ts';
import { byTurns, ratios } from '../harness/rounds.ts';
import { startSlowSystem } from '../harness/slow-system.ts';
import { spreadOf } from '../harness/spread.ts';
import { eachItsOwn, eventsOf } from '../postgres/events.ts';

const delayMs = 100;

/** As many calls as a slow system takes at once: with these it is what there is to wait for, and not the machine. */
const atOnce = 8;

/** The default, at which three Node-REDs, the database and the system use two cores up. */
const atOnceByDefault = 64;

export const instances: Figure = {
  name: 'instances',
  about: 'three Node-REDs on one PostgreSQL against a system that takes 100 ms for each call, against one Node-RED',
  async run({ palette, rounds, instanceRuns }) {
    const system = await startSlowSystem(delayMs);
    const database = await startPostgres();
    let schemas = 0;
    const rate = async (count: number, concurrency: number): Promise<number> => {
      const schema = `instances_${++schemas}`;
      const store = `${database.url}?schema=${schema}`;
      const nodeReds = await Promise.all(
        Array.from({ length: count }, () =>
          MeasuredNodeRed.start({ flows: slowEffect(system.url), palettes: [palette.plain, palette.pack], store, concurrency }),
        ),
      );
      const runs = Math.round((instanceRuns * count * concurrency) / atOnceByDefault);
      system.answeredAt.length = 0;
      const feeder = new PostgresStore({ url: database.url, schema });
      try {
        await feeder.open(Date.now());
        const events = eventsOf(runs, eachItsOwn);
        await feeder.accept({ entry: 'source', flow: 'tab', severity: 'normal', events, now: Date.now() });
        while (system.answeredAt.length < runs) await new Promise((resolve) => setTimeout(resolve, 20));
        // from the first tenth to the last: what it takes to get going and to run out is not the rate
        const [from, to] = [Math.floor(runs / 10), Math.floor((runs * 9) / 10)];
        return ((to - from) * 1_000) / (system.answeredAt[to]! - system.answeredAt[from]!);
      } finally {
        await feeder.close();
        await Promise.all(nodeReds.map((each) => each.stop()));
        await database.query(`DROP SCHEMA ${schema} CASCADE`);
      }
    };
    const measured = async (name: string, concurrency: number, targets: (ratio: number) => Target[]): Promise<FigureResult> => {
      const compared = await byTurns(
        Math.min(rounds, 3),
        () => rate(3, concurrency),
        () => rate(1, concurrency),
      );
      const ratio = ratios(compared, (one) => one);
      return {
        name,
        what: `runs with one write of ${delayMs} ms each, three Node-REDs, ${concurrency} at once in each`,
        unit: 'runs/s',
        ours: spreadOf(compared.ours),
        peer: { name: 'one Node-RED', ...spreadOf(compared.peer) },
        ratio,
        targets: targets(ratio.median),
        details: { delayMs, concurrency },
        notes: ['PostgreSQL and the system are on the same two cores'],
      };
    };
    try {
      return [
        await measured('instances', atOnce, (ratio) => [atLeast('≥ 2.7 × one', ratio, 2.7)]),
        await measured('instances.full', atOnceByDefault, () => []),
      ];
    } finally {
      await system.stop();
      await database.remove();
    }
  },
};
