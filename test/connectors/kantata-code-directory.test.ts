import 'should';
import should from 'should';
import { CodeDirectory } from '../../connectors/kantata/records/code-directory.ts';
import type { KantataApi, Params } from '../../connectors/kantata/wire.ts';
import { parseEnvelope } from '../../connectors/kantata/wire/envelope.ts';

describe('Kantata: the codes of very many tasks', () => {
  /** Answers each task with the code `T-<id>`; `held` is waited for before one of a few ids is answered. */
  const apiWith = (held: Promise<void>) => {
    let asked = 0;
    const pages = async function* (collection: string, params: Params) {
      asked++;
      const ids = String(params['only']).split(',');
      if (ids.length < 200) await held;
      const rows = Object.fromEntries(ids.map((id) => [id, { id, external_reference_ids: [`r${id}`] }]));
      const references = Object.fromEntries(
        ids.map((id) => [`r${id}`, { id: `r${id}`, service_name: 'psc', service_model: 'task', service_model_ref: `T-${id}` }]),
      );
      const results = ids.map((id) => ({ key: collection, id }));
      yield parseEnvelope({ count: ids.length, results, [collection]: rows, external_references: references }, collection);
    };
    return { api: { settings: { serviceName: 'psc' }, pages } as unknown as KantataApi, asked: () => asked };
  };
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => String(from + n));

  it('are known to whoever has learned them, whatever others learn meanwhile', async () => {
    let go = (): void => undefined;
    const { api } = apiWith(new Promise<void>((resolve) => (go = resolve)));
    const codes = new CodeDirectory(api, () => 0);
    await codes.learn([], ids(0, 200_000));
    const learning = codes.learn([], ['7', '300000']); // 7 is known, the other is waited for
    await codes.learn([], ids(400_000, 400_200));
    await codes.learn([], ids(500_000, 500_200)); // there are too many by now
    go();
    await learning;
    ['7', '300000'].map((id) => codes.taskCode(id, undefined, undefined)).should.deepEqual(['T-7', 'T-300000']);
  });

  it('are forgotten when they are many and nobody has asked for them for long', async () => {
    let now = 0;
    const { api, asked } = apiWith(Promise.resolve());
    const codes = new CodeDirectory(api, () => now);
    await codes.learn([], ids(0, 200_200));
    now = 3_600_000;
    await codes.learn([], ['300000']);
    should(codes.taskCode('7', undefined, undefined)).equal(undefined);
    asked().should.equal(1_002);
  });
});
