import should from 'should';
import { lastInput, rememberInput } from '../../runtime/last-inputs.ts';
import { keptValue } from '../../runtime/message-parts.ts';

const itself: Record<string, unknown> = {};
itself['itself'] = itself;
const endless: object = new Proxy({}, { get: (_none, name) => (typeof name === 'symbol' || name === 'toJSON' ? undefined : endless), ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }); // prettier-ignore

describe('The last payload that a mapping saw', () => {
  it('is what its preview is told, and nothing when it cannot be written', () => {
    rememberInput('map', { id: 1, at: new Date(0), none: undefined });
    should(lastInput('map')).deepEqual({ id: 1, at: '1970-01-01T00:00:00.000Z' });
    should(lastInput('__proto__')).equal(null);
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const payload of [
      undefined,
      Symbol('a'),
      1n,
      { a: 1n },
      itself,
      endless,
      revoked.proxy,
      Buffer.alloc(20_000_000),
      new Array(4_000_000_000),
    ]) {
      rememberInput('map', payload);
      should(lastInput('map')).equal(null);
    }
  });
});

describe('What is kept of a message beside its run', () => {
  it('is its JSON, or a failure that says what is wrong with it', () => {
    should(keptValue({ at: new Date(0), hours: NaN, none: undefined, list: [undefined] }, 'details')).deepEqual({
      at: '1970-01-01T00:00:00.000Z',
      hours: null,
      list: [null],
    });
    should(keptValue(undefined, 'details')).equal(null);
    let shared: unknown = 1;
    for (let level = 0; level < 60; level++) shared = [shared, shared];
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    for (const [value, is] of [
      [itself, /deeper than 100 levels/],
      [endless, /deeper than 100 levels/],
      [deep, /deeper than 100 levels/],
      [shared, /more than 50,000 values/],
    ] as const) {
      (() => keptValue(value, 'details')).should.throw({ code: 'DATA_NOT_STORABLE', class: 'contract.invalid', message: is });
    }
  });
});
