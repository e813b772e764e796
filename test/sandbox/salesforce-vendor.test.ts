import { existsSync, readdirSync, readFileSync } from 'node:fs';
import should from 'should';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { OBJECTS } from '../../sandbox/salesforce/schema/catalogue.ts';
import { describeGlobal, describeObject } from '../../sandbox/salesforce/schema/describe.ts';
import type { SalesforceState } from '../../sandbox/salesforce/store/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';

const VENDOR = new URL('../../../shared/vendor/salesforce/', import.meta.url);
const SANDBOX = new URL('../../sandbox/salesforce/', import.meta.url);

type Row = Record<string, unknown>;
interface Described extends Row {
  fields: Row[];
  childRelationships: Row[];
  recordTypeInfos: Row[];
}
interface Exchange {
  source: string;
  request: { method: string; uri: string; body: unknown };
  response: { status: { code: number }; body: unknown };
}

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, VENDOR), 'utf8')) as T;

/** Codes that REST sends and that no WSDL lists: the resource layer's own, and the bulk jobs'. */
const REST_ONLY = new Set([
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_AUTH_HEADER',
  'INVALID_HEADER_TYPE',
  'JSON_PARSER_ERROR',
  'PROCESSING_HALTED',
  'BATCH_PROCESSING_HALTED',
  'PRECONDITION_FAILED',
  'INVALID_INPUT',
  'INVALIDENTITY',
  'INVALIDOPERATION',
  'INVALIDCONTENTTYPE',
  'INVALIDJOB',
  'INVALIDJOBSTATE',
  'INVALIDBATCH',
  'API_ERROR',
  'INVALID_API_VERSION',
  'DUPLICATE_EXTERNAL_ID',
]);

describe('the Salesforce sandbox, held against captured answers of the vendor', () => {
  let sim: Simulator<SalesforceState>;
  let token: string;

  before(async function () {
    if (!existsSync(VENDOR)) {
      console.warn(
        '\n*** SKIPPED: the vendor captures (../shared/vendor/salesforce) are absent; nothing is compared with Salesforce. ***\n',
      );
      this.skip();
    }
    sim = await new Simulator(salesforce, { port: 0 }).start();
  });

  after(() => sim?.stop());

  beforeEach(async () => {
    sim.state = salesforce.emptyState();
    const { clientId, clientSecret } = salesforce.credentials(sim) as { clientId: string; clientSecret: string };
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    const response = await fetch(`${sim.url}/services/oauth2/token`, { method: 'POST', body: form });
    token = ((await response.json()) as { access_token: string }).access_token;
  });

  async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${sim.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined || body === null ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? '' : JSON.parse(text) };
  }

  const CAPTURED = ['Account', 'Contact', 'Opportunity', 'OpportunityContactRole'];

  for (const name of CAPTURED) {
    describe(`describe ${name}`, () => {
      const ours = (): Described =>
        describeObject(
          OBJECTS.find((object) => object.name === name)!,
          '66.0',
          sim.state,
          sim.url,
        ) as unknown as Described;
      const theirs = (): Described => read<Described>(`describe/${name}.describe.json`);

      it('has every key of the real answer, for object, field, child relationship and record type', () => {
        should(Object.keys(ours())).containDeep(Object.keys(theirs()));
        should(Object.keys(ours().fields[0]!).sort()).containDeep(Object.keys(theirs().fields[0]!).sort());
        should(Object.keys(ours().childRelationships[0] ?? theirs().childRelationships[0]!)).containDeep(
          Object.keys(theirs().childRelationships[0]!),
        );
        const info = theirs().recordTypeInfos[0];
        if (info) should(Object.keys(ours().recordTypeInfos[0]!)).containDeep(Object.keys(info));
      });

      it('has every standard field, of the same type, length and access', () => {
        const differences: string[] = [];
        for (const field of theirs().fields.filter((each) => !String(each['name']).endsWith('__c'))) {
          const own = ours().fields.find((each) => each['name'] === field['name']);
          if (!own) {
            differences.push(`${field['name']}: missing`);
            continue;
          }
          const facts = ['type', 'soapType', 'length', 'digits', 'precision', 'scale', 'nillable', 'createable', 'updateable'];
          const flags = ['defaultedOnCreate', 'filterable', 'sortable', 'groupable', 'aggregatable', 'nameField', 'relationshipName'];
          for (const fact of [...facts, ...flags, 'restrictedPicklist', 'compoundFieldName', 'extraTypeInfo', 'externalId', 'unique']) {
            if (own[fact] !== field[fact]) differences.push(`${field['name']}.${fact}: ${own[fact]} instead of ${field[fact]}`);
          }
        }
        should(differences).eql([]);
      });
    });
  }

  it('the list of objects has the keys of the real one', () => {
    const theirs = read<{ sobjects: Row[] } & Row>('describe/global.describe.json');
    const ours = describeGlobal('66.0') as { sobjects: Row[] } & Row;
    should(Object.keys(ours)).containDeep(Object.keys(theirs));
    const common = Object.keys(theirs.sobjects[0]!);
    should(Object.keys(ours.sobjects[0]!)).containDeep(common);
  });

  it('objects without a captured describe have fields that the WSDL knows', () => {
    const { objects } = read<{ objects: Record<string, Record<string, { type: string }>> }>('enterprise-wsdl-40.0.subset.json');
    const newer = read<{ objects?: Record<string, { properties: Row }> }>('object-reference.subset.json').objects ?? {};
    const unknown: string[] = [];
    for (const object of OBJECTS.filter((each) => objects[each.name] && !CAPTURED.includes(each.name))) {
      const known = new Set([...Object.keys(objects[object.name]!), ...Object.keys(newer[object.name]?.properties ?? {})]);
      for (const field of object.fields.filter((each) => !each.name.endsWith('__c') && each.name !== 'Id')) {
        if (!known.has(field.name) && !LATER_FIELDS.has(`${object.name}.${field.name}`)) unknown.push(`${object.name}.${field.name}`);
      }
    }
    should(unknown).eql([]);
  });

  /** Fields of multi-currency orgs and of releases after the WSDL's. */
  const LATER_FIELDS = new Set(['User.DefaultCurrencyIsoCode', 'User.CurrencyIsoCode']);

  it('every code it can send is in the WSDL, or is one that only REST has', () => {
    const wsdl = readFileSync(new URL('partner-wsdl-47.0.xml', VENDOR), 'utf8');
    const listed = new Set([...wsdl.matchAll(/<enumeration value="([^"]+)"/g)].map((match) => match[1]!.replace(/^\w+:/, '')));
    const sent = new Set<string>();
    // the data of the conformance suite say what our side calls a refusal
    const files = readdirSync(SANDBOX, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((each) => each.endsWith('.ts') && each !== 'conformance.ts')) {
      const source = readFileSync(new URL(file, SANDBOX), 'utf8');
      for (const match of source.matchAll(/(?:fail|pointing)\(\s*'([A-Z_]+)'|code: '([A-Z_]+)'|errorCode: '([A-Z_]+)'/g)) {
        sent.add((match[1] ?? match[2] ?? match[3])!);
      }
    }
    should(sent.size).be.above(30);
    should([...sent].filter((code) => !listed.has(code) && !REST_ONLY.has(code))).eql([]);
  });

  it('error answers have the shape of the recorded ones', async () => {
    const recorded = read<Record<string, Row[]>>('response-bodies.restforce.json');
    const cases: [string, string, string, unknown?][] = [
      ['sobject_describe_error_response.json', 'GET', '/services/data/v66.0/sobjects/Whizbang/describe'],
      ['search_error_response.json', 'GET', '/services/data/v66.0/search?q=nothing'],
      ['upsert_error_response.json', 'PATCH', '/services/data/v66.0/sobjects/Account/Namez/1', { Phone: '1' }],
      ['sobject_find_error_response.json', 'GET', '/services/data/v66.0/sobjects/Account/23foo'],
    ];
    for (const [name, method, path, body] of cases) {
      const theirs = recorded[name]![0]!;
      const ours = ((await send(method, path, body)).body as Row[])[0]!;
      should(ours['errorCode']).equal(theirs['errorCode']);
      should(String(ours['message'])).equal(theirs['message']);
    }
  });

  it('an unknown object in a query is named in the very words of the recorded answer', async () => {
    const exchanges = read<Exchange[]>('captured-exchanges.cumulusci.json');
    const real = exchanges.find((each) => each.source === 'TestCountSObjects.test_count_sobjects__errors.yaml')!;
    const request = JSON.parse(JSON.stringify(real.request.body).replaceAll('vxx.0', 'v66.0'));
    const { body } = await send('POST', '/services/data/v66.0/composite', request);
    const last = (each: unknown): unknown => (each as { compositeResponse: unknown[] }).compositeResponse.at(-1);
    should(last(body)).eql(last(real.response.body));
  });

  it('recorded composite and collection exchanges are answered in the same shape', async () => {
    const exchanges = read<Exchange[]>('captured-exchanges.cumulusci.json').filter(
      ({ source, request, response }) =>
        /\/composite(\/sobjects(\/Contact\/Email)?)?$/.test(request.uri) &&
        typeof request.body === 'object' &&
        response.status.code === 200 &&
        !/"type": ?"(Lead|Event|Custom__c)"|"(AccountId|ContactId|ParentId|Id)"/.test(JSON.stringify(request.body)) &&
        !/http_headers|test_minimal_schema|describe_to_sql/.test(source),
    );
    should(exchanges.length).be.above(8);
    for (const { source, request, response } of exchanges) {
      sim.state = { ...salesforce.emptyState(), sessions: sim.state.sessions };
      const path = new URL(request.uri).pathname.replace('vxx.0', 'v66.0');
      const ours = await send(request.method, path, JSON.parse(JSON.stringify(request.body).replaceAll('vxx.0', 'v66.0')));
      should(ours.status).equal(200, source);
      const keys = (each: unknown): string[] => Object.keys(first(each) ?? {}).sort();
      should(keys(ours.body)).eql(keys(response.body), source);
    }
  });

  function first(body: unknown): Row | undefined {
    const rows = Array.isArray(body) ? body : (body as { compositeResponse?: unknown[] }).compositeResponse;
    return rows?.[0] as Row | undefined;
  }

  it('takes the vendor’s sample records as trees, with their children', async () => {
    const plan = read<{ sobject: string; files: string[] }[]>('sample-data/data-plan.json');
    const ids = new Map<string, string>();
    for (const { sobject, files } of plan) {
      for (const file of files) {
        const text = readFileSync(new URL(`sample-data/${file}`, VENDOR), 'utf8').replaceAll(/"@(\w+)"/g, (all, ref) =>
          ids.has(ref) ? `"${ids.get(ref)}"` : all,
        );
        const tree = JSON.parse(text) as { records: Row[] };
        // Picture__c is a field of the sample's own org.
        for (const record of tree.records) delete record['Picture__c'];
        const { status, body } = await send('POST', `/services/data/v66.0/composite/tree/${sobject}`, tree);
        should(status).equal(201, JSON.stringify(body));
        for (const { referenceId, id } of (body as { results: { referenceId: string; id: string }[] }).results) ids.set(referenceId, id);
      }
    }
    const { body } = await send('POST', '/services/data/v66.0/composite/tree/Account', read('sample-data/tree-accounts-contacts.json'));
    should(body).containEql({ hasErrors: false });
    should((body as { results: unknown[] }).results).have.length(4);
    const nested = await send(
      'GET',
      `/services/data/v66.0/query?q=${encodeURIComponent('SELECT Name, (SELECT Name FROM Contacts) FROM Account WHERE NumberOfEmployees = 100 ORDER BY Name')}`,
    );
    const rows = (nested.body as { records: { Contacts: { totalSize: number } | null }[] }).records;
    rows.map((row) => row.Contacts?.totalSize ?? 0).should.eql([2, 0]);
  });
});
