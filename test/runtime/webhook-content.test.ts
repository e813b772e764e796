import type { IncomingHttpHeaders } from 'node:http';
import jsonata from 'jsonata';
import should from 'should';
import type { Issue } from '../../model/failure.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { contentModeOf } from '../../runtime/webhook/content-mode.ts';
import { type EventRules, SourceEvents } from '../../runtime/webhook/source-events.ts';
import { cloudEvent } from './webhook-sender.ts';

const now = Date.parse('2026-03-02T17:00:00Z');
const rules: EventRules = {
  type: 'com.example.received',
  source: '/events/time',
  idHeaders: ['idempotency-key', 'webhook-id'],
};

/** An expression as the node's form has it. */
const path = (text: string) => {
  const expression = jsonata(text);
  return (event: object) => expression.evaluate(event) as Promise<unknown>;
};

/** What is made of a request; the text of the body stands for its bytes. */
async function read(
  headers: IncomingHttpHeaders,
  body: string | Buffer,
  more: Partial<EventRules> = {},
): Promise<{ events: SourceEvent[]; issues: Issue[] }> {
  const mode = contentModeOf(headers);
  if (!mode) throw new Error('not a mode');
  return new SourceEvents({ ...rules, ...more }).read(mode, { headers, body: Buffer.from(body) }, now);
}
const structured = { 'content-type': 'application/cloudevents+json' };
const json = { 'content-type': 'application/json' };
const binary = (more: Record<string, string> = {}) => ({
  ...json,
  'ce-specversion': '1.0',
  'ce-id': '1',
  'ce-source': '/time-tool',
  'ce-type': 'com.example.time.approved',
  ...more,
});
const codes = ({ issues }: { issues: Issue[] }) => issues.map(({ code, field }) => `${field} ${code}`);

describe('The mode in which events come', () => {
  it('is told by the media type, and by ce- headers', () => {
    should(contentModeOf(structured)).equal('structured');
    should(contentModeOf({ 'content-type': 'Application/CloudEvents+JSON; charset="utf-8"' })).equal('structured');
    should(contentModeOf({ 'content-type': 'application/cloudevents-batch+json' })).equal('batched');
    should(contentModeOf(binary())).equal('binary');
    should(contentModeOf({ ...binary(), 'content-type': 'image/png' })).equal('binary');
    should(contentModeOf({ ...structured, 'ce-id': '1' })).equal('structured');
    should(contentModeOf(json)).equal('plain');
    should(contentModeOf({ 'content-type': 'application/vnd.time.v2+json' })).equal('plain');
  });

  it('is none for other types, other characters and what is compressed', () => {
    for (const type of [
      undefined,
      '',
      'text/plain',
      'multipart/form-data',
      'application/cloudevents+xml',
      'application/json; charset=latin1',
    ]) {
      should(contentModeOf({ 'content-type': type })).equal(undefined, type);
    }
    should(contentModeOf({ ...json, 'content-encoding': 'br' })).equal(undefined);
    should(contentModeOf({ ...json, 'content-encoding': 'identity' })).equal('plain');
  });
});

describe('Events in headers', () => {
  it('have their values taken out of quotes and percent signs, once', async () => {
    const { events } = await read(
      binary({ 'ce-subject': '"a \\"quoted\\" one"', 'ce-euro': '%E2%82%AC 100%2525', 'ce-time': '2026-03-02T18:00:00+01:00' }),
      '{"minutes":90}',
    );
    events[0]!.should.have.properties({
      subject: 'a "quoted" one',
      attributes: { euro: '€ 100%25', datacontenttype: 'application/json' },
      time: '2026-03-02T17:00:00.000Z',
      data: { minutes: 90 },
    });
  });

  it('are refused where a value is not encoded, and told which', async () => {
    codes(await read(binary({ 'ce-subject': 'M\u00fcller', 'ce-tenant': '%E2%82' }), '{}')).should.deepEqual([
      'ce-subject EVENT_HEADER',
      'ce-tenant EVENT_HEADER',
    ]);
    // data beside the body would be beside what is signed
    codes(await read(binary({ 'ce-data_base64': 'eyJhIjoxfQ==' }), '')).should.deepEqual(['ce-data_base64 EVENT_HEADER']);
    codes(await read(binary({ 'ce-datacontenttype': 'text/xml' }), '{}')).should.deepEqual(['ce-datacontenttype EVENT_HEADER']);
    codes(await read({ ...binary(), 'ce-id': undefined }, '{}')).should.deepEqual(['id EVENT_ATTRIBUTE_MISSING']);
  });

  it('have a body of any type: JSON as its value, text as text, anything else in base64, nothing as null', async () => {
    const data = async (type: string, body: string | Buffer) => (await read({ ...binary(), 'content-type': type }, body)).events[0]!.data;
    should(await data('text/csv; charset=utf-8', 'a;b')).equal('a;b');
    should(await data('application/xml', '<a/>')).equal('<a/>');
    should(await data('application/vnd.time+json', '[1]')).deepEqual([1]);
    should(await data('application/pdf', Buffer.from([0x25, 0x00, 0xff]))).equal('JQD/');
    should(await data('application/json', '')).equal(null);
    codes(await read({ ...binary(), 'content-type': 'text/plain' }, Buffer.from([0xff]))).should.deepEqual(['body BODY_NOT_UTF8']);
  });
});

describe('JSON that cannot be trusted', () => {
  it('is refused when it is not UTF-8 or not JSON, without a word of it in the answer', async () => {
    codes(await read(json, Buffer.from([0x22, 0xc3, 0x28, 0x22]))).should.deepEqual(['body BODY_NOT_UTF8']);
    const broken = await read(json, '{"salary": 4711, }');
    codes(broken).should.deepEqual(['body BODY_NOT_JSON']);
    JSON.stringify(broken.issues).should.not.match(/4711|salary/);
    codes(await read(json, '')).should.deepEqual(['body BODY_NOT_JSON']);
    codes(await read(json, '"a\u0000b"')).should.deepEqual(['body BODY_NOT_JSON']);
  });

  it('is read when it begins with a byte order mark, or holds an escaped NUL in its data', async () => {
    const { events } = await read(json, '\ufeff{"note":"a\\u0000b"}');
    should(events[0]!.data).deepEqual({ note: 'a\0b' });
  });

  it('is refused when it is deeper than what works with it could follow', async () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    codes(await read(json, deep(500_000))).should.deepEqual(['body EVENT_DATA']);
    codes(await read(json, deep(101))).should.deepEqual(['body EVENT_DATA']);
    codes(await read(json, deep(100))).should.deepEqual([]);
    codes(await read(binary(), deep(101))).should.deepEqual(['body EVENT_DATA']);
    codes(
      await read(structured, JSON.stringify(cloudEvent('1', { data_base64: Buffer.from(deep(101)).toString('base64'), data: undefined }))),
    ).should.deepEqual(['data_base64 EVENT_DATA']);
  });

  it('is refused when a number in it would be another one when it is written again', async () => {
    codes(await read(json, '{"hours":1e400}')).should.deepEqual(['body EVENT_DATA']);
    codes(await read(json, '[-1e400]')).should.deepEqual(['body EVENT_DATA']);
    // two neighbours beyond 2^53 would become one entry, and the second write over the first
    for (const number of ['9007199254740993', '9007199254740992', '12345678901234567.89', '0.10000000000000001']) {
      codes(await read(json, `{"id":${number}}`)).should.deepEqual(['body EVENT_DATA'], number);
      codes(await read(json, `{"id":"${number}"}`)).should.deepEqual([], number);
    }
    codes(await read(json, '{"hours":1e30}')).should.deepEqual([]);
  });

  it('is refused when a field is named so that copying it would change what it is copied into', async () => {
    for (const body of ['{"a":[{"__proto__":{"admin":true}}]}', '{"\\u005f_proto__":1}']) {
      codes(await read(json, body)).should.deepEqual(['body EVENT_DATA'], body);
    }
    codes(await read(json, '{"constructor":{"prototype":{"admin":true}}}')).should.deepEqual([]);
    should(({} as { admin?: boolean }).admin).equal(undefined);
  });
});

describe('JSON of a sender that knows no CloudEvents', () => {
  it('becomes an event with the type and source of the form, and the moment at which it came', async () => {
    const { events } = await read({ ...json, 'idempotency-key': ' K-1 ' }, '{"hours":8}');
    events.should.deepEqual([
      {
        id: 'K-1',
        source: '/events/time',
        type: 'com.example.received',
        subject: 'K-1',
        time: '2026-03-02T17:00:00.000Z',
        key: 'K-1',
        data: { hours: 8 },
      },
    ]);
  });

  it('is known again by a header, else by a field, else by its bytes', async () => {
    const id = async (headers: object, body: string, more: Partial<EventRules> = {}) =>
      (await read({ ...json, ...headers }, body, more)).events[0]!.id;
    should(await id({ 'webhook-id': 'msg_1', 'idempotency-key': 'K' }, '{}')).equal('K');
    should(await id({ 'webhook-id': 'msg_1' }, '{}', { idHeaders: ['webhook-id', 'idempotency-key'] })).equal('msg_1');
    should(await id({}, '{"n":7}', { eventId: path('data.n') })).equal('7');
    should(await id({}, '{"n":[7,8]}', { eventId: path('data.n[-1]') })).equal('8');
    const bytes = await id({}, '{"n":7}', { eventId: path('data.other') });
    bytes.should.match(/^sha256:[0-9a-f]{64}$/);
    should(await id({}, '{"n":7}')).equal(bytes);
    should(await id({}, '{"n": 7}')).not.equal(bytes);
    codes(await read({ ...json, 'idempotency-key': 'k'.repeat(2000) }, '{}')).should.deepEqual(['id EVENT_ATTRIBUTE_INVALID']);
  });

  it('is refused before it is parsed when it has more different names of fields than can be kept', async () => {
    const { issues } = await read(json, `{"rates":{${Array.from({ length: 10_001 }, (_, index) => `"p${index}":1`).join(',')}}}`);
    issues.map(({ message }) => message).should.deepEqual(['body has more than 5,000 different names of fields.']);
  });

  it('may be a list or a value, which is one event', async () => {
    for (const body of ['[]', '"text"', '7', 'null']) (await read(json, body)).events.length.should.equal(1, body);
  });
});

describe('The key of a run', () => {
  const key = async (expression: string, more: object = {}) =>
    (await read(structured, JSON.stringify(cloudEvent('1', more)), { key: path(expression) })).events[0]!.key;

  it('is what the expression gives: a path, or anything that JSONata can say', async () => {
    should(await key('data.project', { data: { project: 'ENG-1' } })).equal('ENG-1');
    should(await key('data.n', { data: { n: 0 } })).equal('0');
    should(await key('source & "|" & subject')).equal('/time-tool|1');
    should(await key('data.lines.project', { data: { lines: [{ project: 'ENG-1' }] } })).equal('ENG-1');
    should(await key('tenant', { tenant: 'ACME' })).equal('ACME');
    should(await key('true')).equal('true');
  });

  it('is the subject where the expression gives no text or number, and the id where there is no subject', async () => {
    for (const expression of ['data.nothing', 'data', 'data.constructor', '$$.data.id.id'])
      should(await key(expression)).equal('1', expression);
    should(await key('data.project', { subject: undefined })).equal('1');
  });

  it('of great length is kept as a short one that is equal where it was equal', async () => {
    const [one, other] = [await key('data.k', { data: { k: 'a'.repeat(5000) } }), await key('data.k', { data: { k: 'a'.repeat(5001) } })];
    one.should.match(/^sha256:/);
    should(one).equal(await key('data.k', { data: { k: 'a'.repeat(5000) } }));
    should(one).not.equal(other);
  });

  it('that fails for an event lets it not in, and repeats nothing of it', async () => {
    const key = path('$number(data.hours)');
    const bad = cloudEvent('1', { data: { hours: 'private' } });
    const failed = await read(structured, JSON.stringify(bad), { key });
    codes(failed).should.deepEqual(['key EXPRESSION_FAILED']);
    const batch = { 'content-type': 'application/cloudevents-batch+json' };
    codes(await read(batch, JSON.stringify([cloudEvent('0', { data: { hours: '8' } }), bad]), { key })).should.deepEqual([
      '[1].key EXPRESSION_FAILED',
    ]);
    JSON.stringify(failed.issues).should.not.match(/private/);
  });
});

describe('The version of the record', () => {
  const versioned = (more: object, expression = 'data.updated_at') =>
    read(structured, JSON.stringify(cloudEvent('1', more)), { version: path(expression) });

  it('is what the expression gives, of the record that the subject names', async () => {
    const of = async (more: object, expression?: string) => (await versioned(more, expression)).events[0]!.version!;
    const at = '2026-03-02T18:00:00.5+01:00';
    const first = await of({ subject: '4711', data: { updated_at: at } });
    first.at.should.equal('2026-03-02T17:00:00.500000000Z');
    (await of({ subject: '4711', data: { updated_at: '2026-03-02T17:00:00.500Z' } })).should.deepEqual(first);
    (await of({ subject: '4712', data: { updated_at: at } })).record.should.not.equal(first.record);
    (await of({ subject: '4711', data: { n: 3 } }, 'data.n')).record.should.not.equal(first.record); // a number is not compared with a time
    (await of({ subject: '4711', recordversion: 12 }, 'recordversion')).at.should.match(/^0{38}12$/);
    first.record.should.not.containEql('4711'); // which may be forgotten one day
  });

  it('that is missing, no time and no number lets the event not in, and names the field', async () => {
    for (const updated_at of [undefined, null, 'yesterday', '2026-03-02', '2026-03-02T17:00:00', -1, true, ['7'], {}]) {
      const answer = await versioned({ data: { updated_at } });
      codes(answer).should.deepEqual(['version EVENT_RECORD_VERSION'], String(updated_at));
      answer.events.should.deepEqual([]);
      JSON.stringify(answer.issues).should.not.match(/yesterday/);
    }
    const batch = { 'content-type': 'application/cloudevents-batch+json' };
    const events = [cloudEvent('0', { data: { n: 1 } }), cloudEvent('1', { data: {} })];
    codes(await read(batch, JSON.stringify(events), { version: path('data.n') })).should.deepEqual(['[1].version EVENT_RECORD_VERSION']);
    codes(await versioned({ data: { updated_at: 'x' } }, '$number(data.updated_at)')).should.deepEqual(['version EXPRESSION_FAILED']);
  });

  it('is of no record where there is no subject', async () => {
    codes(await versioned({ subject: undefined, data: { updated_at: 1 } })).should.deepEqual(['subject EVENT_ATTRIBUTE_MISSING']);
    const named = await read(structured, JSON.stringify(cloudEvent('1', { subject: undefined, data: { id: 7, n: 1 } })), {
      subject: path('data.id'),
      version: path('data.n'),
    });
    should(named.events[0]!.version?.at).match(/01$/);
  });

  it('is not asked for where the node is told none', async () => {
    should((await read(structured, JSON.stringify(cloudEvent('1')))).events[0]).not.have.property('version');
  });
});

describe('The subject of an event', () => {
  it('is its own, else what the expression gives, else its id', async () => {
    const subject = async (more: object) =>
      (await read(structured, JSON.stringify(cloudEvent('1', { data: { entry: 4711 }, ...more })), { subject: path('data.entry') }))
        .events[0]!;
    (await subject({ subject: 'own' })).should.have.properties({ subject: 'own', key: 'own' });
    (await subject({ subject: undefined })).should.have.properties({ subject: '4711', key: '4711' });
    (await subject({ subject: undefined, data: {} })).should.have.properties({ subject: '1', key: '1' });
  });
});
