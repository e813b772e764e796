import should from 'should';
import { lastMessage, rememberMessage } from '../../runtime/last-messages.ts';
import { keptValue } from '../../runtime/message-parts.ts';

const itself: Record<string, unknown> = {};
itself['itself'] = itself;
const endless: object = new Proxy({}, { get: (_none, name) => (typeof name === 'symbol' || name === 'toJSON' ? undefined : endless), ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }); // prettier-ignore

describe('The last message that came to a node', () => {
  it('is what its preview is told, without what cannot be written, the run and the request', () => {
    rememberMessage(
      'map',
      { _msgid: 'm', psConnect: { run: 'r' }, req: {}, payload: { id: 1, at: new Date(0), none: undefined }, topic: 't' } as never,
      5,
    );
    should(lastMessage('map')).deepEqual({ message: { payload: { id: 1, at: '1970-01-01T00:00:00.000Z' }, topic: 't' }, at: 5 });
    should(lastMessage('__proto__')).equal(undefined);
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const [place, payload] of [
      undefined,
      Symbol('a'),
      1n,
      { a: 1n },
      itself,
      endless,
      revoked.proxy,
      Buffer.alloc(20_000_000),
      new Array(4_000_000_000),
    ].entries()) {
      rememberMessage(`odd ${place}`, { payload, topic: 'is seen' }, 5);
      should(lastMessage(`odd ${place}`)?.message).deepEqual({ topic: 'is seen' });
    }
  });

  it('has what went wrong, which a flow behind a Catch node reads, and is nothing where it cannot be read', () => {
    rememberMessage('caught', { payload: 1, psConnect: { run: 'r', token: 1, failure: { code: 'X' } } } as never, 5);
    should(lastMessage('caught')?.message).deepEqual({ payload: 1, psConnect: { failure: { code: 'X' } } });
    const hostile = Object.defineProperty({}, 'payload', { enumerable: true, get: () => { throw new Error('no') } }); // prettier-ignore
    rememberMessage('hostile', hostile, 5);
    should(lastMessage('hostile')?.message).deepEqual({});
  });

  it('stays as it came, whatever a flow makes of it later', () => {
    const payload = { name: 'Acme' };
    rememberMessage('changed later', { payload }, 1);
    payload.name = 'Other';
    should(lastMessage('changed later')?.message).deepEqual({ payload: { name: 'Acme' } });
  });

  it('is none where it is large: no part of it stands for the whole, and no flow waits until it is copied', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, row) => ({ row, name: 'x'.repeat(40) }));
    rememberMessage('large', { payload: rows(20) }, 1);
    should(lastMessage('large')?.message).be.ok();
    for (const payload of [
      rows(5_000),
      'x'.repeat(150_000),
      { deep: { text: 'x'.repeat(150_000) } },
      Object.fromEntries(rows(4_000).map((row) => [`field ${row.row}`, row])),
    ]) {
      rememberMessage(`large ${typeof payload}`, { topic: 'is seen', payload }, 2);
      should(lastMessage(`large ${typeof payload}`)).deepEqual({ at: 2 });
      rememberMessage('parts', { payload: 'x'.repeat(60_000), more: 'x'.repeat(60_000) }, 3);
      should(lastMessage('parts')).deepEqual({ at: 3 });
    }
  });

  it('is kept of fewer nodes where they are long', () => {
    for (let node = 0; node < 100; node++) rememberMessage(`long ${node}`, { payload: 'x'.repeat(90_000) }, node);
    const kept = Array.from({ length: 100 }, (_, node) => lastMessage(`long ${node}`)).filter((one) => one !== undefined);
    kept.length.should.be.within(40, 45);
    should(lastMessage('long 99')?.at).equal(99);
  });

  it('is kept of the nodes that had one most recently, so that memory does not grow', () => {
    for (let node = 0; node < 600; node++) rememberMessage(`node ${node}`, { payload: node }, node);
    should(lastMessage('node 0')).equal(undefined);
    should(lastMessage('node 599')?.message).deepEqual({ payload: 599 });
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
