import { createRequire } from 'node:module';
import 'should';
import should from 'should';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { JsonObject } from '../../model/json.ts';
import { eventIn } from './event-in-flow.ts';
import { func, node, policy, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { secret } from './webhook-sender.ts';

interface Document {
  channels: Record<string, { address: string | null; messages: object }>;
  operations: Record<string, { action: string; channel: { $ref: string }; security?: { $ref: string }[] }>;
  components: {
    messages: Record<string, { name: string; payload: { schema: JsonObject } }>;
    securitySchemes?: Record<string, { type: string; name?: string }>;
  };
}

// https://github.com/asyncapi/spec-json-schemas, draft 7; it is data, not a module
const metaSchema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json') as JsonObject;

describe('The description of the events that flows take in and tell', function () {
  this.timeout(60_000);
  const valid = new Ajv({ strict: false, logger: false, meta: false, validateSchema: false });
  (formats as unknown as (ajv: Ajv) => void)(valid);
  const isAsyncApi = valid.compile(metaSchema);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start({
      environment: { TIME_EVENTS_SECRET: secret, BUS_URL: 'https://bus.firm.example/events', BUS_SECRET: secret },
      settings: "httpNodeRoot: '/flows',",
    });
  });
  after(() => live?.end());

  const check = (id: string, to: string, contract: string): FlowNode => node(id, 'contract-check', [[to]], { contract });
  const tells = (id: string, more: object = {}): FlowNode =>
    node(id, 'business-event-out', [[]], {
      ...{ connection: 'bus', eventType: 'com.psconnect.time.approved', eventSource: '/ps-connect/events', name: 'Tell others' },
      ...{
        subject: 'topic',
        subjectType: 'msg',
        data: 'payload',
        dataType: 'msg',
        eventId: '',
        eventIdType: 'jsonata',
        policy: 'policy',
        ...more,
      },
    });
  const bus: FlowNode = { id: 'bus', type: 'system-connection', name: 'Bus', system: 'event-receiver', eventReceiverEnvironment: 'BUS' };
  const deployed = async (...flows: FlowNode[]): Promise<Document> => {
    await live.deploy([tab(), policy(), bus, ...flows]);
    return live.get<Document>('/business-events/document');
  };
  const mustBeValid = (document: Document) => should(isAsyncApi(document) ? [] : isAsyncApi.errors!.slice(0, 3)).deepEqual([]);

  it('keeps the AsyncAPI schema, also where there are no events, and is told from one that does not', async () => {
    const nothing = await deployed();
    mustBeValid(nothing);
    nothing.channels.should.deepEqual({});
    should(isAsyncApi({ ...nothing, operations: { one: { action: 'publish' } } })).equal(false);
  });

  it('has what is received and what is sent, with how it is signed, and the contract that is checked beside it', async () => {
    const document = await deployed(
      { ...eventIn(), wires: [['check']] },
      check('check', 'tell', 'time-entry'),
      tells('tell'),
      eventIn({ path: 'events/raw', signature: 'hmac-sha256', signatureHeader: 'X-Signature', name: 'Raw' }, 'raw'),
      { ...eventIn({ path: 'events/open', signature: 'none' }, 'open'), wires: [['check', 'other']] },
      func('other', 'return msg;', [[]]),
      tells('again', { name: 'Tell others' }),
    );
    mustBeValid(document);
    const { channels, operations, components } = document;
    Object.keys(channels)
      .sort()
      .should.deepEqual([
        'com.psconnect.time.approved-Tell-others',
        'com.psconnect.time.approved-Tell-others-2',
        'events-open',
        'events-raw',
        'events-time',
      ]);
    channels['events-time']!.should.have.property('address', '/events/time');
    should(channels['com.psconnect.time.approved-Tell-others']!.address).equal(null);
    should(document).have.propertyByPath('servers', 'here', 'pathname').equal('/flows');
    operations['events-time']!.should.have.properties({
      action: 'receive',
      security: [{ $ref: '#/components/securitySchemes/events-time' }],
    });
    operations['com.psconnect.time.approved-Tell-others']!.should.have.property('action', 'send');
    should(operations['events-open']!.security).equal(undefined);
    components.securitySchemes!['events-raw']!.should.have.properties({ type: 'httpApiKey', name: 'X-Signature' });
    JSON.stringify(document).should.not.containEql(secret);
    // what is in front of two nodes is checked by one of them alone: nothing is promised
    const schemaOf = (key: string) => components.messages[key]!.payload.schema;
    should(schemaOf('events-open')).have.propertyByPath('properties', 'data').eql({});
    for (const key of ['events-time', 'com.psconnect.time.approved-Tell-others'])
      should(schemaOf(key)).have.propertyByPath('properties', 'data', '$id').equal('urn:psconnect:contract:time-entry:1');
    should(schemaOf('com.psconnect.time.approved-Tell-others-2')).have.propertyByPath('properties', 'data').eql({});
  });

  it('promises no contract of what is not checked alone, and sent as it was checked', async () => {
    const both = (id: string): FlowNode => node(id, 'contract-check', [['tell'], ['tell']], { contract: 'time-entry' });
    const dataOf = async (...flows: FlowNode[]) => {
      const document = await deployed(...flows);
      mustBeValid(document);
      const { schema } = document.components.messages['com.psconnect.time.approved-Tell-others']!.payload;
      return (schema['properties'] as JsonObject)['data'];
    };
    const whole = check('check', 'tell', 'time-entry');
    should(await dataOf(eventIn({}), whole, tells('tell'))).have.property('$id');
    for (const flows of [
      [both('check'), tells('tell')],
      [whole, tells('tell', { data: '{"sum":payload.minutes}', dataType: 'jsonata' })],
      [whole, node('other', 'switch', [[], ['tell']]), tells('tell')],
      [node('check', 'contract-check', [[], ['tell']], { contract: 'time-entry' }), tells('tell')],
    ])
      should(await dataOf(...flows)).deepEqual({});
  });

  it('is whole where an address is a name that every object has', async () => {
    for (const path of ['constructor', 'toString', '__proto__']) {
      const document = await deployed(eventIn({ path, signature: 'none' }));
      mustBeValid(document);
      Object.values(document.operations)
        .map(({ security }) => security)
        .should.deepEqual([undefined]);
      Object.keys(document.channels).should.deepEqual([path]);
    }
  });

  it('has schemas by which a sender can check what it sends', async () => {
    const { components } = await deployed(
      { ...eventIn(), wires: [['check']] },
      check('check', 'end', 'time-entry'),
      func('end', 'return msg;', [[]]),
    );
    const ajv = new Ajv2020({ strict: false });
    (formats as unknown as (ajv: Ajv2020) => void)(ajv);
    const fits = ajv.compile(components.messages['events-time']!.payload.schema);
    const data = {
      ...{ id: 'T-1', source: { system: 'time-tool', id: '1' }, resource: { id: 'p' }, project: { id: '7' }, workDate: '2026-03-02' },
      ...{ minutes: 60, billable: true, status: 'approved', version: '1' },
    };
    const event = { specversion: '1.0', id: '1', source: '/time-tool', type: 'time.approved', time: '2026-03-02T10:00:00Z', data };
    should(fits(event)).equal(true, JSON.stringify(fits.errors));
    should(fits({ ...event, data: { ...data, minutes: 0 } })).equal(false);
    should(fits({ ...event, id: undefined })).equal(false);
  });

  it('follows the flows: what is gone from them is gone from it', async () => {
    await deployed(eventIn(), tells('tell'));
    const { channels, operations } = await deployed(eventIn({ path: 'events/new' }));
    Object.keys(channels).should.deepEqual(['events-new']);
    Object.keys(operations).should.deepEqual(['events-new']);
  });
});
