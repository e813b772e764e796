import { createInterface } from 'node:readline';
import { systemClock } from '../../engine/clock.ts';
import { Engine } from '../../engine/engine.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { Failure } from '../../model/failure.ts';

/**
 * An instance in a process of its own, that a test can kill or freeze: `node postgres-child.ts <url> <schema> <leaseMs>`.
 * It says what it does in lines of JSON, and makes the write of a delivered run when it is told to: `go`.
 */
const [url = '', schema = '', leaseMs = ''] = process.argv.slice(2);
const store = new PostgresStore({ url, schema, leaseMs: Number(leaseMs) });
const engine = new Engine({ store, clock: systemClock, instances: store.instances });
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const waiting: (() => void)[] = [];

engine.on('ended', (run, status) => say({ ended: run.event.id, status }));
engine.register({
  id: 'in',
  flow: 'tab',
  policy: defaultPolicy,
  deliver(active) {
    active.enter('erp', engine.clock.now());
    say({ delivered: active.run.event.id });
    waiting.push(() => {
      engine
        .effectsFor(active, 'erp', 'netsuite')
        .write({
          key: `job ${active.run.event.id}`,
          title: 'Project',
          settle: 'probe',
          request: {},
          probe: async () => undefined,
          send: async () => {
            say({ sent: active.run.event.id });
            return 'made';
          },
        })
        .catch((error: unknown) => say({ refused: active.run.event.id, code: Failure.from(error).code }))
        .finally(() => active.leave('erp', engine.clock.now()));
    });
  },
});
createInterface({ input: process.stdin }).on('line', () => {
  for (const go of waiting.splice(0)) go();
});
await engine.open();
engine.start();
say({ open: true });
