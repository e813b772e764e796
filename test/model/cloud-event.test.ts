import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import should from 'should';
import { type CloudEvent, readCloudEvent } from '../../model/cloud-event.ts';
import type { Issue } from '../../model/failure.ts';
import { inUtc, isTimestamp } from '../../model/timestamp.ts';
import { isUri, isUriReference } from '../../model/uri.ts';
import { inGerman } from './in-german.ts';

const event = (more: object = {}) => ({
  specversion: '1.0',
  id: 'TE-4711:3',
  source: '/time-tool',
  type: 'com.example.time.approved',
  ...more,
});

function read(value: unknown, at = ''): { event: CloudEvent | undefined; issues: Issue[] } {
  const issues: Issue[] = [];
  const readBytes = (bytes: Buffer) => bytes.toString('utf8');
  return { event: readCloudEvent(value, { issues, readBytes, at }), issues };
}
const problems = (value: unknown) => read(value).issues.map(({ code, field }) => `${field} ${code}`);

describe('A CloudEvent', () => {
  it('is read with what its sender says of it', () => {
    const { event: found } = read(
      event({
        subject: 'TE-4711',
        time: '2026-03-02T17:00:00Z',
        datacontenttype: 'application/json',
        dataschema: 'https://time.example/schema/1',
        tenant: 'ACME',
        hops: 3,
        urgent: true,
        data: { minutes: 90 },
      }),
    );
    should(found).deepEqual({
      id: 'TE-4711:3',
      source: '/time-tool',
      type: 'com.example.time.approved',
      subject: 'TE-4711',
      time: '2026-03-02T17:00:00Z',
      attributes: {
        datacontenttype: 'application/json',
        dataschema: 'https://time.example/schema/1',
        tenant: 'ACME',
        hops: 3,
        urgent: true,
      },
      data: { minutes: 90 },
    });
  });

  it('needs no more than id, source, type and version', () => {
    should(read(event()).event!.data).equal(null);
    problems({}).should.deepEqual([
      'specversion EVENT_VERSION',
      'id EVENT_ATTRIBUTE_MISSING',
      'source EVENT_ATTRIBUTE_MISSING',
      'type EVENT_ATTRIBUTE_MISSING',
    ]);
  });

  it('that says of an attribute that it is null does not have it', () => {
    const { event: found } = read(event({ subject: null, time: null, tenant: null, data: null, data_base64: null }));
    should(found).deepEqual({ id: 'TE-4711:3', source: '/time-tool', type: 'com.example.time.approved', attributes: {}, data: null });
    problems(event({ id: null })).should.deepEqual(['id EVENT_ATTRIBUTE_MISSING']);
  });

  it('is told every attribute that is wrong at once, each with what to do', () => {
    const { issues } = read(
      event({ id: '', source: 'no spaces please', time: 'yesterday', dataschema: '/relative', 'Tenant-Id': 'x', price: 1.5 }),
      '[3].',
    );
    issues.map(({ field }) => field).should.deepEqual(['[3].id', '[3].source', '[3].time', '[3].dataschema', '[3].Tenant-Id', '[3].price']);
    for (const { message, remedy, value } of issues) {
      `${message} ${remedy}`.should.match(/\w+ \w+ \w+/);
      should(value).equal(undefined, 'nothing of what was sent is repeated');
    }
  });

  it('is told in German, too, to who runs the node', () => {
    const german = (value: unknown) => read(value).issues.map((issue) => Object.values(inGerman(issue)).join(' '));
    const wrong = { id: 7, source: 'no spaces please', time: 'yesterday', datacontenttype: '', 'Tenant-Id': 'x', Straße: 'x', price: 1.5 };
    german({ ...wrong, subject: 'x'.repeat(1025) }).should.eql([
      'specversion fehlt. Senden Sie CloudEvents der Version 1.0: "specversion": "1.0".',
      'type fehlt. Senden Sie type: eine Zeichenkette wie com.example.time.approved.',
      'id muss eine in ihrer Quelle eindeutige Zeichenkette sein. Senden Sie id als eine in ihrer Quelle eindeutige Zeichenkette.',
      'source muss eine URI-Referenz sein. Senden Sie source als eine URI-Referenz.',
      'time muss eine Zeitangabe nach RFC 3339 wie 2026-03-02T17:00:00Z sein. Senden Sie time als eine Zeitangabe nach RFC 3339 wie 2026-03-02T17:00:00Z.',
      'datacontenttype muss die Angabe eines Medientyps wie application/json sein. Senden Sie datacontenttype als die Angabe eines Medientyps wie application/json.',
      'Tenant-Id ist kein Name für ein Attribut. Benennen Sie Attribute mit Kleinbuchstaben und Ziffern; was zum Geschäft gehört, gehört in data.',
      'Ein Attribut hat einen Namen, den kein Attribut haben darf. Benennen Sie Attribute mit Kleinbuchstaben und Ziffern; was zum Geschäft gehört, gehört in data.',
      'price muss Text ohne Steuerzeichen, eine ganze Zahl mit 32 Bit, true oder false sein. Senden Sie price als Text ohne Steuerzeichen, eine ganze Zahl mit 32 Bit, true oder false.',
      'subject ist länger als 1024 Bytes. Senden Sie etwas Kurzes; langer Text gehört in data.',
    ]);
    german([]).should.eql(['event ist kein JSON-Objekt. Senden Sie jedes Ereignis als Objekt mit den Attributen von CloudEvents.']);
    german(event({ specversion: '0.3' })).should.eql([
      'specversion ist nicht 1.0. Senden Sie CloudEvents der Version 1.0: "specversion": "1.0".',
    ]);
    german(event({ data: {}, data_base64: '' })).should.eql(['data und data_base64 sind beide da. Senden Sie eines von beiden.']);
    german(event({ data_base64: '*' })).should.eql([
      'data_base64 ist kein Base64. Senden Sie es in Base64 (RFC 4648), oder senden Sie data als JSON.',
    ]);
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`a${index}`, 'x']));
    german(event(many)).should.eql(['Das Ereignis hat 65 weitere Attribute; erlaubt sind 64. Was zum Geschäft gehört, gehört in data.']);
  });

  it('of another version is not guessed at', () => {
    problems(event({ specversion: '0.3' })).should.deepEqual(['specversion EVENT_VERSION']);
    problems(event({ specversion: 1.0 })).should.deepEqual(['specversion EVENT_VERSION']);
  });

  it('is an object', () => {
    for (const value of [null, [], 'text', 7, true]) problems(value).should.deepEqual(['event EVENT_SHAPE']);
  });

  it('carries no control characters and no halves of characters in its attributes', () => {
    for (const bad of ['a\u0000b', 'line\nbreak', '\u0085', '\ud83d', 'x'.repeat(1025), 'ü'.repeat(600)]) {
      problems(event({ id: bad })).should.deepEqual(['id EVENT_ATTRIBUTE_INVALID'], JSON.stringify(bad).slice(0, 20));
    }
    should(read(event({ id: 'Rechnung für Müller 🙂' })).event!.id).equal('Rechnung für Müller 🙂');
  });

  it('has whole numbers of 32 bits, texts and truth values as extensions, and nothing that is built of these', () => {
    problems(event({ hops: 2_147_483_647, low: -2_147_483_648, zero: 0 })).should.deepEqual([]);
    for (const bad of [2_147_483_648, 0.1, {}, [], Number.NaN]) {
      problems(event({ hops: bad })).should.deepEqual(['hops EVENT_ATTRIBUTE_INVALID']);
    }
  });

  it('changes no object of the program, whatever its attributes are called', () => {
    problems(JSON.parse(JSON.stringify(event()).replace('}', ',"__proto__":{"polluted":true}}'))).should.deepEqual([
      '__proto__ EVENT_ATTRIBUTE_NAME',
    ]);
    const { event: found } = read(event({ constructor: 'x', hasownproperty: 'y' }));
    should(found!.attributes['constructor']).equal('x');
    should(({} as { polluted?: boolean }).polluted).equal(undefined);
  });

  it('may have its data in base64, but not twice', () => {
    should(read(event({ data_base64: 'eyJtaW51dGVzIjo5MH0=' })).event!.data).equal('{"minutes":90}');
    problems(event({ data_base64: 'eyJtaW51dGVzIjo5MH0=', data: {} })).should.deepEqual(['data_base64 EVENT_DATA']);
    for (const bad of ['abc', '****', 'YQ=a', 7]) problems(event({ data_base64: bad })).should.deepEqual(['data_base64 EVENT_DATA']);
  });
});

const schemaFile = new URL('../../../shared/vendor/standards/cloudevents-1.0.schema.json', import.meta.url);

describe('The reading of CloudEvents, beside the JSON Schema of the CloudEvents project', function () {
  let keeps: (value: unknown) => boolean;
  before(function () {
    if (!existsSync(schemaFile)) {
      console.warn('\n  !!! VENDOR FILES ABSENT: the reading of CloudEvents is NOT checked against their JSON Schema !!!\n');
      return this.skip();
    }
    const ajv = new Ajv({ strict: false });
    (formats as unknown as (ajv: Ajv) => void)(ajv);
    keeps = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
  });

  it('takes nothing that the schema refuses', () => {
    const text = fc.oneof(
      fc.constantFrom('', 'a', '/a/b', 'a b', 'urn:x:y', 'http://[', '%zz', '2026-02-30T00:00:00Z', '1.0'),
      fc.string(),
    );
    const value = fc.oneof(text, fc.constant(undefined), fc.constant(null), fc.integer(), fc.boolean());
    const attributes = fc.record(
      {
        specversion: fc.constantFrom('1.0', '0.3', '', undefined),
        id: value,
        source: value,
        type: value,
        subject: value,
        time: fc.oneof(value, fc.constantFrom('2026-03-02T17:00:00Z', '2026-03-02T17:00:00.123+01:00', '2026-03-02 17:00:00Z')),
        datacontenttype: fc.oneof(value, fc.constantFrom('application/json', 'text/xml; charset=utf-8')),
        dataschema: fc.oneof(value, fc.constantFrom('https://a.example/b')),
        data: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(attributes, (given) => {
        const sent = JSON.parse(JSON.stringify(given)) as unknown;
        return read(sent).event === undefined || keeps(sent);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes what the schema gives as examples', () => {
    const { properties } = JSON.parse(readFileSync(schemaFile, 'utf8')) as { properties: Record<string, { examples?: unknown[] }> };
    for (const [name, { examples = [] }] of Object.entries(properties)) {
      for (const example of examples) problems(event({ [name]: example })).should.deepEqual([], `${name}: ${String(example)}`);
    }
  });
});

describe('A moment in an event', () => {
  it('is a timestamp of RFC 3339 on a day that exists', () => {
    for (const good of ['2026-03-02T17:00:00Z', '2026-03-02t17:00:00.123456789z', '2028-02-29T23:59:60Z', '2026-03-02T17:00:00-08:00']) {
      isTimestamp(good).should.equal(true, good);
    }
    for (const bad of ['2026-03-02', '2026-02-29T00:00:00Z', '2026-03-02T24:00:00Z', '2026-03-02T17:00:00', '2026-03-02T17:00Z']) {
      isTimestamp(bad).should.equal(false, bad);
    }
  });

  it('is kept in UTC, to the digit where it was in UTC already', () => {
    inUtc('2026-03-02T17:00:00.123456789Z').should.equal('2026-03-02T17:00:00.123456789Z');
    for (const text of ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00+23:59']) inUtc(text).should.equal(text); // in UTC another year than four digits say
    inUtc('2026-03-02T18:30:00+01:30').should.equal('2026-03-02T17:00:00.000Z');
  });
});

describe('The source of an event', () => {
  it('is a URI or a part of one', () => {
    for (const good of [
      '/time-tool',
      'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
      'https://a.example/b?c=d#e',
      '1-555-123-4567',
      '?a:b',
    ]) {
      isUriReference(good).should.equal(true, good);
    }
    for (const bad of ['', 'a b', 'ü', '%zz', '1:2', ':a', 'a#b#c', '<a>', 'a\\b']) isUriReference(bad).should.equal(false, bad);
    isUri('/time-tool').should.equal(false);
    isUri('urn:x:y').should.equal(true);
  });
});
