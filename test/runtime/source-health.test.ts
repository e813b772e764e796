import { rmSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { Failure } from '../../model/failure.ts';
import type { PackNode } from '../../runtime/pack-node.ts';
import { SourceHealth } from '../../runtime/source-health.ts';
import { quickFolder } from '../quick-folder.ts';
import { until } from '../until.ts';

describe('Whether a source can read', () => {
  it('is what the instance says that tries, whoever tried in between', async () => {
    const folder = quickFolder('source-health');
    const store = new SqliteStore(join(folder, 'store.sqlite'));
    await store.open(0);
    const base = {
      id: 'time',
      flow: 'tab',
      policy: defaultPolicy,
      pack: { engine: { store }, clock: { now: () => 5 } },
    } as unknown as PackNode;
    const [one, other] = [new SourceHealth(base), new SourceHealth(base)];
    const failing = (wanted: number) =>
      until(
        async () => (await store.failingSources()).length === wanted,
        () => `not ${wanted} failing`,
      );
    one.reads();
    one.elsewhere();
    other.fails(new Failure({ class: 'auth.denied', code: 'DENIED', message: 'No.' }));
    await failing(1);
    other.elsewhere();
    one.reads();
    await failing(0);
    should(await store.failingSources()).deepEqual([]);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
