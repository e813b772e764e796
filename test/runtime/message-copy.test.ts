import { createRequire } from 'node:module';
import type { NodeMessage } from 'node-red';
import 'should';
import { uncopyable } from '../../runtime/message-copy.ts';
import { mostOfData } from '../../model/storable.ts';
import { cpuMs } from '../cpu-time.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: { cloneMessage(message: NodeMessage): NodeMessage } };

describe('What of a message is copied for the Catch nodes', () => {
  const dropped = (message: Record<string, unknown>) => uncopyable(message, (part) => util.cloneMessage(part as NodeMessage));
  const many = <Value>(count: number, value: (n: number) => Value) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, value(n)]));

  it('is all of it as a rule, whatever kinds of values it has', () => {
    const parent: Record<string, unknown> = {};
    parent['self'] = parent;
    const kinds = { payload: { id: 'A' }, parent, at: new Date(), none: NaN, say() {}, map: new Map([['a', new Set([1])]]), nothing: null };
    dropped(kinds).should.deepEqual([]);
  });

  it('is not what has no end, goes too deep or does not let itself be looked at; the rest is', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 50_000; n++) deep = { deep };
    const endless: unknown[] = [];
    endless[4_294_967_290] = 1;
    const closed = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    const getter = {
      get a(): never {
        throw new Error('no');
      },
    };
    dropped({ payload: { id: 'A' }, deep, at: new Date(), endless, closed, none: NaN, getter }).should.deepEqual([
      'deep',
      'endless',
      'closed',
      'getter',
    ]);
  });

  it('is no more than of one event in all, what it is about first, however it is parted', () => {
    const half = () => Array.from({ length: mostOfData.values * 0.6 }, (_, n) => n);
    dropped({ first: half(), second: half(), payload: half(), small: 1 }).should.deepEqual(['first', 'second']);
    const list = Array.from({ length: mostOfData.values + 1 }, (_, n) => n);
    dropped({ list, again: list, wrapped: { list }, payload: 1 }).should.deepEqual(['list', 'again', 'wrapped']);
    dropped({ wide: many(mostOfData.names + 1, () => 1), at: new Date(), narrow: { a: 1 } }).should.deepEqual(['wide']);
  });

  for (const [what, value] of [
    ['moments', () => new Date()],
    ['objects of ever new names', (n: number) => ({ [`q${n}`]: NaN })],
    ['numbers', (n: number) => n],
  ] as const) {
    it(`takes no longer than of one event where 60,000 ${what} stand side by side`, async () => {
      const message = { ...many<unknown>(60_000, value), payload: { id: 'A' } };
      let names: string[] = [];
      const ms = await cpuMs(() => {
        names = dropped(message);
      }, 500);
      names.length.should.be.above(50_000);
      names.should.not.containEql('payload');
      ms.should.be.below(500);
    });
  }
});
