import 'should';
import should from 'should';
import type { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import { changeTopic, wonTopic } from '../../sandbox/salesforce/pubsub/change-feed.ts';
import { Listener, PubSubSandbox } from './pub-sub-sandbox.ts';

const deal = (number: number, change: JsonObject = {}): JsonObject => ({
  attributes: { type: 'Opportunity' },
  Id: `006${String(number).padStart(12, '0')}AAA`,
  Name: `Deal ${number}`,
  StageName: 'Closed Won',
  CloseDate: '2025-03-20',
  CurrencyIsoCode: 'EUR',
  Amount: 12_000,
  Engagement_Code__c: `ENG-${number}`,
  ...change,
});
type Page = { events: { subject: string }[]; more: boolean; healed?: Failure };
const has = (subject: string) => (page: Page) => page.events.some((event) => event.subject === subject);
const quiet = (page: Page) => !page.more;

describe('Opportunities heard by the Pub/Sub API', function () {
  this.timeout(60_000);
  const org = new PubSubSandbox();
  const open: Listener[] = [];
  before(() => org.start());
  after(() => org.stop());
  afterEach(async () => {
    for (const listener of open.splice(0)) await listener.stop();
    await org.reset();
  });
  const listen = (...given: ConstructorParameters<typeof Listener>) => {
    const listener = new Listener(...given);
    open.push(listener);
    return listener;
  };
  /** Listens, with one deal heard: its position in the stream is stored. */
  const settled = async (...given: ConstructorParameters<typeof Listener>) => {
    const listener = await listen(...given).listening();
    org.load([deal(1)]);
    await listener.until((page) => has('ENG-1')(page) && (page as { cursor?: JsonObject }).cursor?.['stream'] !== undefined);
    return listener;
  };
  const change = async (number: number, fields: JsonObject, client = 'other') => {
    const [token] = Object.keys(org.sim.state.sessions);
    const response = await fetch(`${org.sim.url}/services/data/v66.0/sobjects/Opportunity/${String(deal(number)['Id'])}`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Sforce-Call-Options': `client=${client}` },
      body: JSON.stringify(fields),
    });
    should(response.status).equal(204);
  };
  const queries = () => org.sim.state.limits['DailyApiRequests']!.Used;

  it('come at once, as the poll would have read them', async () => {
    const listener = await settled(org.listener());
    const polled = await org
      .connector()
      .operations['opportunity.poll'](undefined, { rule: 'won', since: '2020-01-01', throughNow: true }, listener.controller.signal);
    listener.pages.at(-1)!.events.should.deepEqual(polled.events);
  });

  it('that were there before the subscription are read first, from the day on that the node begins with', async () => {
    org.load([deal(7, { SystemModstamp: '2025-03-11T10:00:00.000Z' }), deal(8, { SystemModstamp: '2024-03-11T10:00:00.000Z' })]);
    const listener = listen(org.listener(), { since: '2025-01-01' });
    await listener.until(quiet);
    listener.subjects.should.deepEqual(['ENG-7']);
  });

  it('that do not meet the rule are heard and start nothing', async () => {
    const listener = await settled(org.listener());
    org.load([deal(2, { StageName: 'Prospecting' }), deal(3)]);
    (await listener.until(has('ENG-3'))).events.should.have.length(1);
  });

  it('go on after what was stored, however the process ended', async () => {
    const first = await settled(org.listener());
    org.load([deal(2)]);
    has('ENG-2')(await first.page()).should.be.true(); // and it dies before the page is stored
    await first.stop();
    org.load([deal(3)]);
    const second = listen(org.listener(), {}, first.cursor);
    await second.until(has('ENG-3'));
    should([...new Set(second.subjects)].sort()).deepEqual(['ENG-2', 'ENG-3']);
  });

  it('are asked for only as many as were stored, never more than a hundred', async () => {
    const listener = await settled(org.listener());
    org.load(Array.from({ length: 150 }, (_, at) => deal(100 + at)));
    const page = await listener.page();
    page.events.should.have.length(99); // one was stored, and no more asked for until this page is
    const [stream] = [...org.bus.streams];
    stream!.pending.should.be.belowOrEqual(1);
    listener.cursor = page.cursor;
    await listener.until(has('ENG-249'));
    should(new Set(listener.subjects).size).equal(151);
  });

  it('are asked for by many, not one for each that came', async () => {
    const listener = await settled(org.listener());
    const [stream] = [...org.bus.streams];
    for (let at = 1; at <= 60; at++) {
      org.load([deal(100 + at)]);
      await listener.until(has(`ENG-${100 + at}`));
      // one came at the beginning; at fifty there is room for fifty more
      if (at < 49) should(stream!.pending).equal(99 - at);
    }
    stream!.pending.should.be.aboveOrEqual(89);
  });

  it('are read once for all changes of one answer', async () => {
    const listener = await settled(org.listener());
    const before = queries();
    for (const amount of [1, 2, 3, 4]) await change(1, { Amount: amount });
    const made = queries() - before - 4;
    should(made).equal(0);
    // they lie ready: the first answer has what came until it was asked for, the rest come together
    await listener.until((page) => page.events.some(({ data }) => (data as JsonObject)['Amount'] === 4));
    should(queries() - before - 4).be.belowOrEqual(4);
  });

  it('move the position on an empty answer, too', async () => {
    const listener = await settled(org.listener());
    const before = listener.cursor as JsonObject;
    org.bus.feed.publish(wonTopic, 'of another channel', Buffer.alloc(0));
    org.play({ kind: 'keepAlive' });
    await listener.until(quiet);
    const after = listener.cursor as JsonObject;
    should((after['stream'] as JsonObject)['replay']).not.equal((before['stream'] as JsonObject)['replay']);
  });

  describe('whatever happens to the stream', () => {
    for (const kind of ['cut', 'end', 'signOut'] as const) {
      it(`are heard on after it was ${kind === 'signOut' ? 'ended because the session is over' : kind === 'cut' ? 'cut off' : 'ended'}`, async () => {
        const listener = await settled(org.listener());
        if (kind === 'signOut') org.sim.definition.expireTokens(org.sim.state);
        org.play({ kind });
        const next = listener.until(has('ENG-2'));
        org.load([deal(2)]);
        (await next).should.not.have.property('healed');
      });
    }

    it('are heard on with a new sign-in when the token is refused', async () => {
      const listener = listen(org.listener());
      org.play({ kind: 'refuse', method: 'GetTopic', status: 16, code: 'service.auth.error' });
      await listener.listening();
    });

    it('fail as what it is, for the node to wait, when the bus is not there', async () => {
      for (const [status, code, failure] of [
        [14, 'service.unavailable', { class: 'transient.unavailable', code: 'SERVICE_UNAVAILABLE' }],
        [14, undefined, { class: 'transient.unavailable', code: 'GRPC_14' }],
        [8, 'service.protection.triggered', { class: 'transient.throttled' }],
        [16, 'service.auth.error', { class: 'auth.expired' }],
        [5, 'topic.not.found', { class: 'contract.invalid' }],
        [7, 'topic.meta.permission', { class: 'auth.denied' }],
      ] as const) {
        org.play({ kind: 'refuse', method: 'GetTopic', status, times: 2, ...(code ? { code } : {}) });
        const listener = listen(org.listener());
        await listener.until(() => false).should.be.rejectedWith(failure);
        org.bus.faults.clear();
      }
    });

    it('are read by REST since the last that was stored when the position is lost, once, and told so', async () => {
      const first = await settled(org.listener());
      await first.stop();
      org.play({ kind: 'expire' });
      org.load([deal(2)]);
      const second = listen(org.listener(), {}, first.cursor);
      const page = await second.until(has('ENG-2'));
      should(page.healed).match({ code: 'STREAM_POSITION_LOST' });
      await second.until(quiet);
      org.load([deal(3)]);
      should(await second.until((each) => has('ENG-3')(each) && !each.healed)).be.ok();
      should(second.pages.filter(({ healed }) => healed).length).equal(1);
    });

    it('are read by REST when the node was away for three days', async () => {
      const first = await settled(org.listener());
      await first.stop();
      const watermark = new Date(Date.now() - 72 * 3_600_000).toISOString();
      const second = listen(org.listener(), {}, { ...(first.cursor as JsonObject), watermark });
      should((await second.until(quiet)).healed).match({ code: 'STREAM_BEHIND' });
    });

    it('are heard anew when nobody says anything for longer than the server may', async () => {
      let over = () => undefined as void;
      const listener = await settled(org.listener({}, { after: (_ms, callback) => ((over = callback), () => undefined) }));
      org.play({ kind: 'silence' });
      const next = listener.until(has('ENG-2'));
      org.load([deal(2)]);
      over();
      await next;
    });
  });

  describe('whatever the events say', () => {
    for (const kind of ['gap', 'overflow'] as const) {
      it(`are found when they tell of a ${kind}`, async () => {
        const listener = await settled(org.listener());
        org.play({ kind });
        org.load([deal(2)]);
        const page = await listener.until(has('ENG-2'));
        should(page.healed?.code).equal(kind === 'overflow' ? 'STREAM_HEALED' : undefined);
      });
    }

    it('are the same event when they come twice', async () => {
      const listener = await settled(org.listener());
      org.play({ kind: 'twice' });
      org.load([deal(2)]);
      const first = await listener.until(has('ENG-2'));
      const second = await listener.until(has('ENG-2'));
      should(second.events[0]!.id).equal(first.events[0]!.id);
    });

    it('are read by the schema of each, which may change in between', async () => {
      const listener = await settled(org.listener());
      org.load([deal(2)]);
      org.play({ kind: 'schema' });
      org.load([deal(3)]);
      await listener.until(has('ENG-3'));
      should([...new Set(listener.subjects)].sort()).deepEqual(['ENG-1', 'ENG-2', 'ENG-3']);
      should(listener.pages.some(({ healed }) => healed)).be.false();
    });

    const list = (items: unknown) => ({ type: 'record', name: 'R', fields: [{ name: 'a', type: { type: 'array', items } }] });
    const hostile: [string, { payload: Buffer; schemaJson?: string }][] = [
      ['is no event at all', { payload: Buffer.from('hello') }],
      ['is empty', { payload: Buffer.alloc(0) }],
      ['has four megabytes', { payload: Buffer.alloc(4 * 1024 * 1024, 0x7f) }],
      [
        'has a list of a million million nothings',
        { payload: Buffer.from('80c0a8ca9a3a00', 'hex'), schemaJson: JSON.stringify(list('null')) },
      ],
      [
        'has a list of a million million texts',
        { payload: Buffer.from('80c0a8ca9a3a00', 'hex'), schemaJson: JSON.stringify(list('string')) },
      ],
      ['has a list of a negative length', { payload: Buffer.from('0101', 'hex'), schemaJson: JSON.stringify(list('string')) }],
      ['has a text of a negative length', { payload: Buffer.from('0201', 'hex'), schemaJson: JSON.stringify(list('string')) }],
      ['has a schema that is none', { payload: Buffer.alloc(8), schemaJson: '{"type":"record"' }],
      [
        'has a schema with a name that is code',
        {
          payload: Buffer.alloc(8),
          schemaJson: JSON.stringify({ type: 'record', name: 'R', fields: [{ name: 'a){process.exit()}', type: 'int' }] }),
        },
      ],
      [
        'has a schema that holds itself',
        {
          payload: Buffer.alloc(100_000, 2),
          schemaJson: JSON.stringify({ type: 'record', name: 'R', fields: [{ name: 'a', type: ['null', 'R'] }] }),
        },
      ],
      ['has a schema that nobody knows', { payload: Buffer.alloc(8) }],
    ];
    for (const [index, [what, { payload, schemaJson }]] of hostile.entries()) {
      it(`are found by REST when one ${what}`, async () => {
        const listener = await settled(org.listener());
        const known = org.bus.feed.schemaOf(changeTopic)!.id;
        const schemaId = schemaJson === undefined && index < 3 ? known : `made-up-${index}`;
        org.play({
          kind: 'publish',
          topic: changeTopic,
          schemaId,
          payload: payload.toString('base64'),
          ...(schemaJson === undefined ? {} : { schemaJson }),
        });
        org.load([deal(2)]);
        await listener.until(has('ENG-2'));
        should(listener.pages.some(({ healed }) => healed?.code === 'STREAM_HEALED')).be.true();
      });
    }
  });

  describe('as the node is set', () => {
    it('that this pack has changed start nothing where own changes do not count', async () => {
      const listener = await settled(org.listener(), { ignoreOwn: true });
      await change(1, { Amount: 5 }, 'psconnect');
      should((await listener.until(quiet)).events).deepEqual([]);
      await change(1, { Amount: 6 });
      await listener.until(has('ENG-1'));
    });

    it('are read only where one of the fields has changed', async () => {
      const listener = await settled(org.listener(), { changedFields: ['amount'] });
      await change(1, { NextStep: 'call' });
      should((await listener.until(quiet)).events).deepEqual([]);
      await change(1, { Amount: 7 });
      await listener.until(has('ENG-1'));
    });

    it('are read when a platform event names them', async () => {
      const listener = await settled(org.listener(), { event: { channel: wonTopic, idField: 'Opportunity_Id__c' } });
      should((listener.cursor as JsonObject)['stream']).match({ channel: wonTopic });
    });

    it('are refused by a field that the platform event does not have, and by what is no channel', async () => {
      const listener = await listen(org.listener(), { event: { channel: wonTopic, idField: 'Deal__c' } }).listening();
      org.load([deal(1)]);
      await listener.until(() => false).should.be.rejectedWith({ code: 'EVENT_WITHOUT_FIELD', field: 'idField' });
      await listen(org.listener(), { event: { channel: '/data/X', idField: 'a' } })
        .page()
        .should.be.rejectedWith({ code: 'CHANNEL_INVALID', field: 'channel' });
    });

    it('are read on by asking where hearing stopped, and the other way round', async () => {
      const listener = await settled(org.listener());
      await listener.stop();
      org.load([deal(2)]);
      const { signal } = new AbortController();
      const page = await org.connector().operations['opportunity.poll'](listener.cursor, { rule: 'won', throughNow: true }, signal);
      should(page.events.map(({ subject }) => subject)).containEql('ENG-2');
      org.load([deal(3)]);
      await listen(org.listener(), {}, page.cursor).until(has('ENG-3'));
    });
  });
});
