import should from 'should';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { createNetSuite } from '../../connectors/netsuite/connector.ts';
import { NetSuiteApi } from '../../connectors/netsuite/wire.ts';
import { netSuiteSettings } from '../../connectors/netsuite/settings.ts';
import { SuiteQl } from '../../connectors/netsuite/wire/suiteql.ts';
import { Failure } from '../../model/failure.ts';
import type { UndoneWrite } from '../../model/operations.ts';
import { inGerman } from '../model/in-german.ts';
import { HostileServer, json, type Reply } from './hostile-server.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { contextOf, engagementProjects, failureOf, linesOf, timeEntry } from './netsuite-sandbox.ts';
import { project } from './kantata-sandbox.ts';

const auth = { kind: 'tba', consumerKey: 'ck', consumerSecret: 'consumer-secret-1', tokenId: 'ti', tokenSecret: 'token-secret-1' } as const;

/** Answers as they come from what stands between: pages, a proxy's own JSON, nothing at all where something must be. */
const foreign: [string, number, string, string][] = [
  ['a page with 200', 200, 'text/html', '<html>Please sign in to the network</html>'],
  ['a page with 404', 404, 'text/html', '<html>No such site</html>'],
  ['a page with 302', 302, 'text/html', '<a href="https://portal.example">moved</a>'],
  ['a page with 403', 403, 'text/html', '<html>Access denied by the firewall</html>'],
  ['a proxy’s JSON with 404', 404, 'application/json', '{"message":"no Route matched with those values"}'],
  ['a proxy’s JSON with 200', 200, 'application/json', '{"ok":true}'],
  ['words with 400', 400, 'text/plain', 'Bad Gateway Request'],
  ['a page with 401', 401, 'text/html', '<!DOCTYPE html><html>Sign in to go on</html>'],
  ['nothing with 302', 302, 'text/html', ''],
  ['nothing with 460', 460, 'text/plain', ''],
];
const reply =
  (status: number, type: string, body: string): Reply =>
  (_request, response) =>
    void response.writeHead(status, { 'Content-Type': type }).end(body);
const inDoubt = { outcome: 'unknown' };

describe('What a gateway answers in the place of NetSuite', () => {
  let server: HostileServer;
  let api: NetSuiteApi;

  beforeEach(async () => {
    server = await new HostileServer((_request, response) => json(response, {})).start();
    api = new NetSuiteApi(netSuiteSettings({ accountId: '1', baseUrl: server.url, auth }), Date.now);
  });
  afterEach(() => server.stop());

  for (const [what, status, type, body] of foreign) {
    it(`(${what}) is never "not there", "deleted" or "done", and is tried again`, async () => {
      server.reply = reply(status, type, body);
      for (const read of [() => api.idOf('job', 'ENG-1'), () => api.read('job', 'ENG-1')]) {
        (await failureOf(read())).should.containEql({ class: 'transient.unavailable', code: 'ANSWER_FOREIGN' });
      }
      for (const write of [
        () => api.upsert('job', 'ENG-1', {}),
        () => api.change('job', 'ENG-1', { isInactive: true }),
        () => api.remove('job', 'ENG-1'),
      ]) {
        (await failureOf(write())).should.containEql({ class: 'transient.unavailable', code: 'ANSWER_FOREIGN', ...inDoubt });
      }
    });
  }

  it('(nothing at all) is no deletion and no record that is gone', async () => {
    server.reply = reply(404, 'text/html', '');
    (await failureOf(api.remove('job', 'ENG-1'))).should.containEql(inDoubt);
    (await failureOf(api.read('job', 'ENG-1'))).code.should.equal('ANSWER_FOREIGN');
    server.reply = reply(200, 'text/html', '');
    (await failureOf(api.change('job', 'ENG-1', {}))).should.containEql(inDoubt);
    (await failureOf(new SuiteQl(api.http).all('SELECT id FROM job'))).should.containEql({
      class: 'transient.unavailable',
      code: 'LIST_INCOMPLETE',
    });
    server.reply = reply(404, 'text/html', '');
    (await failureOf(api.create('job', 'ENG-1', {}))).should.containEql({ class: 'transient.unavailable', ...inDoubt });
  });

  it('(503 in other words than its own) may come after the work was done', async () => {
    server.reply = reply(
      503,
      'text/plain',
      'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
    );
    (await failureOf(api.create('job', 'ENG-1', {}))).should.containEql({ class: 'transient.unavailable', ...inDoubt });
    server.reply = (_request, response) =>
      json(response, { status: 503, 'o:errorDetails': [{ 'o:errorCode': 'ACCT_TEMP_UNAVAILABLE' }] }, 503);
    (await failureOf(api.create('job', 'ENG-1', {}))).should.containEql({ class: 'transient.unavailable', outcome: 'not-made' });
  });

  it('differs from NetSuite’s own 404: only for a record that is not there it is a record that is not there', async () => {
    const own =
      (code: string): Reply =>
      (_request, response) =>
        json(response, { title: 'Not Found', status: 404, 'o:errorDetails': [{ detail: 'x', 'o:errorCode': code }] }, 404);
    server.reply = own('NONEXISTENT_ID');
    should(await api.idOf('job', 'ENG-1')).equal(undefined);
    await api.remove('job', 'ENG-1');
    server.reply = own('INVALID_RECORD_TYPE');
    (await failureOf(api.idOf('job', 'ENG-1'))).should.containEql({ class: 'contract.drift', code: 'INVALID_RECORD_TYPE' });
    (await failureOf(api.remove('job', 'ENG-1'))).should.containEql({ code: 'INVALID_RECORD_TYPE', outcome: 'not-made' });
  });

  it('never makes an undo report what it did not see', async () => {
    const made: UndoneWrite[] = [
      { business: 'job ENG-1', title: 'Project ENG-1', undo: { type: 'job', externalId: 'ENG-1' }, result: { id: '7' } },
      {
        business: 'job ENG-1 billingSchedule',
        title: 'Schedule',
        undo: { type: 'job', externalId: 'ENG-1', field: 'billingSchedule' },
        result: { id: '7' },
      },
    ];
    const erp = createNetSuite({ accountId: '1', baseUrl: server.url, auth });
    const shown = { id: '7', externalId: 'ENG-1', billingSchedule: { id: '7' }, isInactive: false };
    for (const [, status, type, body] of foreign) {
      for (const write of made) {
        const effects = new InMemoryEffects();
        // the record is there, and whatever is done to it is answered by somebody else
        server.reply = (request, response) =>
          request.method === 'GET' ? json(response, shown) : reply(status, type, body)(request, response);
        await erp.undo!(write, contextOf(effects)).should.be.rejectedWith({ code: 'ANSWER_FOREIGN', outcome: 'unknown' });
        // and so is the look at what became of it
        server.reply = reply(status, type, body);
        await erp.undo!(write, contextOf(effects)).should.be.rejectedWith({ code: 'ANSWER_FOREIGN' });
        [...effects.entries.values()].map(({ state }) => state).should.deepEqual(['intended']);
      }
    }
  });

  it('is not asked again and again for a whole batch, and stops no other entry when it is about one', async () => {
    let posts = 0;
    const erp = createNetSuite({ accountId: '1', baseUrl: server.url, auth, concurrency: 1 });
    const rows = (text: string) => {
      if (/FROM item/.test(text)) return [{ id: '5' }];
      if (/FROM employee/.test(text)) return [{ id: '6', email: 'ada.berg@firm.example', isinactive: 'F' }];
      if (/FROM job/.test(text)) return [{ id: '7', externalid: 'ENG-0001', isinactive: 'F' }];
      if (/FROM projecttask/.test(text)) return [{ id: '8', externalid: 'ENG-0001/P1/T1' }];
      return [];
    };
    const answered =
      (blocks: (text: string) => boolean): Reply =>
      (request, response) => {
        if (request.url!.includes('/suiteql')) return json(response, { items: rows(request.text), hasMore: false });
        posts++;
        if (blocks(request.text)) return reply(403, 'text/html', '<html>blocked</html>')(request, response);
        return void response.writeHead(204, { Location: `${server.url}/services/rest/record/v1/timeBill/9` }).end();
      };
    const post = async () => {
      const entries = Array.from({ length: 20 }, (_, index) => timeEntry(index + 1));
      return (await erp.operations['time.post'](linesOf(entries), new AbortController().signal)).filter((outcome) => outcome.ok).length;
    };
    server.reply = answered((text) => text.includes('"kantata___2"'));
    (await post()).should.equal(19);
    posts = 0;
    server.reply = answered(() => true);
    (await post()).should.equal(0);
    posts.should.be.below(6);
  });

  it('stops a project before its first write when the look-up is so answered', async () => {
    const erp = createNetSuite({ accountId: '1', baseUrl: server.url, auth });
    server.reply = reply(200, 'text/html', '<html>maintenance</html>');
    (await failureOf(erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects())))).should.containEql({
      class: 'transient.unavailable',
      code: 'ANSWER_FOREIGN',
    });
  });
});

describe('What a gateway answers in the place of Kantata', () => {
  let server: HostileServer;
  const connect = () => createKantata({ baseUrl: `${server.url}/api/v1`, accessToken: 'kantata-token-of-the-test', settleAfterMs: 0 });

  beforeEach(async () => {
    server = await new HostileServer((_request, response) => json(response, {})).start();
  });
  afterEach(() => server.stop());

  const made = (collection: string): UndoneWrite => ({
    business: `${collection} X`,
    title: 'X',
    undo: { collection },
    result: { id: '7' },
  });

  for (const [what, status, type, body] of foreign) {
    it(`(${what}) undoes nothing and makes nothing`, async () => {
      for (const collection of ['stories', 'workspaces', 'resource_requests']) {
        const effects = new InMemoryEffects();
        server.reply = (request, response) =>
          request.method === 'GET'
            ? json(response, {
                count: 1,
                results: [{ key: collection, id: '7' }],
                [collection]: { 7: { id: '7', archived: false, status: 'new' } },
              })
            : reply(status, type, body)(request, response);
        const failure = await failureOf(connect().undo!(made(collection), contextOf(effects)));
        failure.should.containEql(inDoubt);
        failure.class.should.match(/^transient/);
        [...effects.entries.values()].map(({ state }) => state).should.deepEqual(['intended']);
        server.reply = reply(status, type, body);
        await connect().undo!(made(collection), contextOf(effects)).should.be.rejected();
        [...effects.entries.values()].map(({ state }) => state).should.deepEqual(['intended']);
      }
    });
  }

  it('leaves a create in doubt, not refused, when its answer cannot be read or shows no record', async () => {
    const told: string[] = [];
    for (const [status, type, body] of [
      [201, 'text/html', '<html>x</html>'],
      [200, 'application/json', '{"count":0,"results":[]}'],
      [201, 'application/json', '{"count":1,"results":[{"key":"workspaces","id":"5"}]}'],
      [201, 'application/json', '{"count":1,"results":[{"key":"workspaces","id":"5"}],"work'],
      [
        200,
        'application/json',
        '{"count":2,"results":[{"key":"workspaces","id":"5"},{"key":"workspaces","id":"6"}],"workspaces":{"5":{"id":"5"},"6":{"id":"6"}}}',
      ],
      [201, 'application/json', ''],
    ] as const) {
      server.reply = (request, response) =>
        request.method === 'POST'
          ? reply(status, type, body)(request, response)
          : json(response, { count: 0, meta: { count: 0, page_count: 0, page_number: 1, page_size: 200 }, results: [] });
      const effects = new InMemoryEffects();
      const failure = await failureOf(connect().operations['psa-project.create']([project], contextOf(effects)));
      failure.should.containEql(inDoubt);
      told.push(inGerman(failure).message);
      [...effects.entries.values()].map(({ state }) => state).should.deepEqual(['intended']);
    }
    for (const status of [200, 201]) {
      told.should.containEql(`Kantata hat POST workspaces mit ${status} beantwortet, aber die Antwort zeigt den Datensatz nicht.`);
    }
  });

  it('is no connection: a test that shows no user has not connected', async () => {
    for (const body of ['{"count":0,"results":[]}', 'null', '[]', '{}']) {
      server.reply = reply(200, 'application/json', body);
      should(await connect().test()).containEql({ ok: false });
    }
  });

  it('is told from Kantata’s own 404, which is a deletion only when the record is not shown any more', async () => {
    let shown = true;
    server.reply = (request, response) => {
      if (request.method === 'DELETE') return json(response, { errors: [{ type: 'system', message: 'Resource not found' }] }, 404);
      const results = shown ? [{ key: 'stories', id: '7' }] : [];
      return json(response, { count: results.length, results, stories: shown ? { 7: { id: '7', title: 'X' } } : {} });
    };
    await connect().undo!(made('stories'), contextOf(new InMemoryEffects())).should.be.rejectedWith({
      code: 'UNDO_NOT_VISIBLE',
      ...inDoubt,
    });
    let asked = 0;
    const before = server.reply;
    server.reply = (request, response) => {
      if (request.method === 'GET' && ++asked > 1) shown = false;
      before(request, response);
    };
    await connect().undo!(made('stories'), contextOf(new InMemoryEffects()));
  });

  it('does not take a project for archived that its answer shows as it was', async () => {
    server.reply = (_request, response) =>
      json(response, { count: 1, results: [{ key: 'workspaces', id: '7' }], workspaces: { 7: { id: '7', archived: false } } });
    const failure = await failureOf(connect().undo!(made('workspaces'), contextOf(new InMemoryEffects())));
    Failure.is(failure).should.be.true();
    failure.should.containEql({ code: 'UNDO_NOT_VISIBLE', ...inDoubt });
  });
});
