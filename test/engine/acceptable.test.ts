import 'should';
import should from 'should';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { EngineBench } from './engine-bench.ts';
import { deal } from './sample-events.ts';

let deep: Json = 1;
for (let level = 0; level < 5_000; level++) deep = [deep];
const entry = { id: 'in', flow: 'tab', policy: defaultPolicy };
const wrong: [string, Partial<SourceEvent>][] = [
  ['is nested too deep', { data: deep }],
  ['holds a number that is none', { data: { hours: Number.NaN } }],
  ['has a field named __proto__', { data: JSON.parse('{"a":{"__proto__":1}}') as Json }],
  ['holds what cannot be cloned', { data: { f: () => 1 } as unknown as Json }],
  ['is too large', { data: 'x'.repeat(17_000_000) }],
  ['has an attribute that is too long', { attributes: { trace: 'x'.repeat(2_000) } }],
];

describe('An event that cannot be stored', () => {
  for (const [name, more] of wrong) {
    it(`because it ${name} is refused with all that came with it where somebody sent it`, async () => {
      const bench = await new EngineBench().start();
      const sent = bench.engine.accept(entry, [deal('A'), { ...deal('B'), ...more }]);
      await sent.should.be.rejectedWith({ class: 'contract.invalid', code: 'DATA_NOT_STORABLE', message: /^\[1\]\./ });
      (await bench.store.runs({ limit: 5 })).should.deepEqual([]);
      should(bench.engine.storeFailure).equal(undefined, 'nothing is wrong with the store');
    });

    it(`because it ${name} is a dead letter that says why where it was read, and stops neither its source nor its neighbours`, async () => {
      const bench = await new EngineBench().start();
      bench.deliver = () => undefined;
      const page = [deal('A'), { ...deal('B'), ...more }, deal('C')];
      const read = () => bench.engine.accept(entry, page, { source: 'in', value: { page: 2 } });
      (await read()).accepted.length.should.equal(3);
      await bench.quiet();
      should(await bench.store.cursor('in')).deepEqual({ page: 2 });
      bench.delivered.should.deepEqual(['A', 'C']);
      const dead = await bench.run('B');
      dead.should.have.properties({ status: 'dead', failedNode: 'in' });
      dead.failure!.should.have.properties({ class: 'contract.invalid', code: 'DATA_NOT_STORABLE', record: 'B' });
      dead.failure!.message.should.match(/^An event of the system could not be stored with its data: (data|attributes)/);
      (await read()).duplicates.should.equal(3, 'read once more it is the same event');

      await bench.store.replay(dead.id, { actor: 'ana' }, bench.clock.now());
      bench.engine.wake();
      await bench.quiet();
      (await bench.status('B')).should.equal('dead', 'there is nothing to deliver yet');
      await bench.store.replay(dead.id, { actor: 'ana', data: { code: 'B' } }, bench.clock.now());
      bench.engine.wake();
      await bench.quiet();
      (await bench.status('B')).should.equal('done');
    });
  }

  it('is found among very many too', async () => {
    const bench = await new EngineBench().start();
    const many = Array.from({ length: 5_000 }, (_, n) => deal(`E-${n}`));
    await bench.engine.accept(entry, many.with(4_000, { ...deal('B'), data: deep })).should.be.rejectedWith({ message: /^\[4000\]\.data/ });
    (await bench.store.runs({ limit: 5 })).should.deepEqual([]);
  });
});
