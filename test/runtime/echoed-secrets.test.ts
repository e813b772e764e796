import 'should';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostileServer, json } from '../connectors/hostile-server.ts';
import { eventIn } from './event-in-flow.ts';
import { connection, func, node, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const secrets = {
  SALESFORCE_CLIENT_SECRET: 'Cl1ent/Secret+of=the&"test"',
  NETSUITE_CONSUMER_SECRET: 'consumer-secret-of-the-test-4711',
  NETSUITE_TOKEN_SECRET: 'token-secret-of-the-test-4711',
  KANTATA_ACCESS_TOKEN: 'kantata-bearer-token-of-the-test',
  TIME_EVENTS_SECRET: 'webhook-secret-of-the-test/+=4711',
};
const token = '00D000000000001!AQ4AQPtoken.of.the.test';
const all = [...Object.values(secrets), token];
/** a system cannot repeat a token that it has not given yet */
let given = false;
const known = () => (given ? all : Object.values(secrets));

/** Each secret as it is, in an address, in HTML and in base64; and what was sent to sign in. */
const echo = (sent = '') =>
  [
    sent,
    ...known(),
    ...known().map(encodeURIComponent),
    ...known().map((secret) => secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')),
    ...known().map((secret) => Buffer.from(`id:${secret}`).toString('base64')),
  ].join(' | ');

const leaksIn = (text: string) =>
  all.flatMap((secret) =>
    [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;'), Buffer.from(`id:${secret}`).toString('base64').slice(4, -4), secret.slice(0, 18)] // prettier-ignore
      .filter((form) => text.includes(form))
      .map((form) => `${form} in …${text.slice(Math.max(0, text.indexOf(form) - 60), text.indexOf(form))}`),
  );

describe('What a system repeats of our secrets', function () {
  this.timeout(120_000);
  let server: HostileServer;
  let live: LiveNodeRed;
  let folder: string;
  const patched: string[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-echo-'));
    server = await new HostileServer((request, response) => {
      const path = request.url ?? '';
      const sent = `${JSON.stringify(request.headers)} ${request.text}`;
      if (path.startsWith('/services/oauth2/token')) {
        given = true;
        return json(response, { access_token: token, instance_url: server.url, id: 'https://x/id/00D000000000001AAA/005000000000001AAA' });
      }
      if (path.startsWith('/api/v1/time_entries')) return json(response, timeEntries(sent));
      if (path.startsWith('/api/v1/') && !path.includes('/users/me'))
        return json(response, { count: 0, results: [], meta: { page_count: 1 } });
      if (path.startsWith('/api/v1/')) return json(response, { errors: [{ message: echo(sent), field: 'x' }] }, 401);
      if (path.includes('/sobjects/Invoice__c/') && request.method === 'GET')
        return json(response, [{ errorCode: 'NOT_FOUND', message: 'x' }], 404);
      if (path.includes('/sobjects/Invoice__c/Code__c/made')) {
        patched.push(request.text);
        return json(response, { id: echo(sent), created: true, success: true }, 201);
      }
      if (path.includes('/services/rest/'))
        return json(response, { 'o:errorDetails': [{ 'o:errorCode': 'INVALID_REQUEST', detail: echo(sent) }] }, 400);
      return json(response, [{ errorCode: echo(sent).slice(0, 150), message: echo(sent), fields: [echo(sent)] }], 400);
    }).start();
    live = await LiveNodeRed.start({
      environment: {
        ...secrets,
        ...{ PSCONNECT_STORE: join(folder, 'store.sqlite'), SALESFORCE_LOGIN_URL: server.url, SALESFORCE_CLIENT_ID: 'id' },
        ...{ NETSUITE_ACCOUNT_ID: '1', NETSUITE_BASE_URL: server.url, NETSUITE_CONSUMER_KEY: 'ck', NETSUITE_TOKEN_ID: 'ti' },
        KANTATA_BASE_URL: `${server.url}/api/v1`,
      },
      settings: `functionGlobalContext: { inspect: require('util').inspect },`,
      flows: [
        tab(),
        policy({ maxAttempts: 1 }),
        { ...connection('crm', 'salesforce'), salesforceFlow: 'client-credentials' },
        { ...connection('erp', 'netsuite'), netsuiteAuth: 'tba' },
        { ...connection('psa', 'kantata'), kantataSettleAfterMs: 0 },
        node('write', 'salesforce-upsert', [['sink']], {
          ...{
            connection: 'crm',
            policy: 'policy',
            sobject: 'Invoice__c',
            externalIdField: 'Code__c',
            records: 'payload',
            recordsType: 'msg',
          },
        }),
        node('poll', 'psa-timesheet-in', [['sink']], { connection: 'psa', policy: 'policy', intervalSeconds: 3_600, since: '2020-01-01' }),
        node('reconcile', 'reconcile', [['sink'], []], { psa: 'psa', erp: 'erp', lookbackDays: 3 }),
        eventIn({ signature: 'bearer' }),
        node('catch', 'catch', [['look', 'debug']], { scope: null, uncaught: false }),
        // everything that a Catch node is given, hidden properties too
        func('look', `return { payload: global.get('inspect')(msg, { depth: 20, showHidden: true, maxStringLength: null }) };`, [
          ['caught'],
        ]),
        node('debug', 'debug', [], { active: true, tosidebar: true, console: true, tostatus: true, complete: 'true', targetType: 'full' }),
        sink('caught'),
        sink(),
      ],
    });
  });
  after(async () => {
    await live?.end();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function timeEntries(sent: string) {
    const entry = {
      ...{ id: '4711', date_performed: '2026-11-20', time_in_minutes: 60, billable: true, approved: true, user_id: '1', workspace_id: '2' },
      ...{ notes: echo(sent), updated_at: '2026-11-20T10:00:00Z', created_at: '2026-11-20T10:00:00Z' },
    };
    return {
      count: 1,
      results: [{ key: 'time_entries', id: '4711' }],
      time_entries: { 4711: entry },
      users: { 1: { id: '1', full_name: echo(sent) } },
      workspaces: { 2: { id: '2', title: `ENG-0001 ${echo()}` } },
      meta: { page_count: 1 },
    };
  }

  it('is in no Catch node and no debug node, no log, no answer of the admin API, and not in the store', async () => {
    live.receive('write', { payload: { Code__c: 'refused', Name: 'x' } });
    live.receive('write', { payload: { Code__c: 'made', Name: 'x' } });
    live.receive('reconcile', { payload: {} });
    await live.until(() => patched.length > 0, 'Salesforce has given a token');
    const sent = await live.call('/events/time', {
      method: 'POST',
      headers: { Authorization: `Bearer ${secrets.TIME_EVENTS_SECRET}` },
      body: { id: 'e1', note: echo(), nested: [{ [token]: secrets.KANTATA_ACCESS_TOKEN }] },
    });
    sent.status.should.equal(202);
    await live.until(() => patched.length > 0 && live.sunk.filter(({ sink: at }) => at === 'caught').length >= 2, 'two runs have failed');
    await live.until(async () => (await live.get<unknown[]>('/runs?status=done')).length >= 3, 'the others are through');
    await live.call('/ps-connect/api/v1/connections/test', { method: 'POST', body: { type: 'system-connection', id: 'erp', config: { system: 'netsuite', netsuiteEnvironment: 'NETSUITE', netsuiteAuth: 'tba' }, credentials: {} } }); // prettier-ignore

    const caught = live.sunk.filter(({ sink: at }) => at === 'caught').map(({ payload }) => String(payload));
    caught.join().should.containEql('•••');
    leaksIn(caught.join('\n')).should.deepEqual([]);
    caught.join().should.not.match(/\b(?:config|request|response|socket|_header): /);
    leaksIn(JSON.stringify(live.sunk)).should.deepEqual([]);

    const runs = await live.get<{ id: string }[]>('/runs?limit=500');
    const paths = [
      '/overview',
      '/connections',
      '/kpis',
      '/runs',
      '/dead-letters',
      '/effects',
      '/approvals',
      '/journal?limit=1000',
      '/breaks',
      '/reconciliations',
    ];
    paths.push(...runs.flatMap(({ id }) => [`/runs/${id}`, `/dead-letters/${id}`]), '/nodes/write/last-input');
    const answers: string[] = [];
    for (const path of paths) answers.push(await (await live.call(`/ps-connect/api/v1${path}`)).text());
    for (const [id, system] of [
      ['erp', 'netsuite'],
      ['psa', 'kantata'],
      ['crm', 'salesforce'],
    ] as const) {
      const { type, ...config } = { ...connection(id, system), netsuiteAuth: 'tba', salesforceFlow: 'client-credentials' };
      answers.push(
        await (
          await live.call('/ps-connect/api/v1/connections/test', { method: 'POST', body: { type, id, config, credentials: {} } })
        ).text(),
      );
    }
    answers.join().should.containEql('•••');
    leaksIn(answers.join('\n')).should.deepEqual([]);

    leaksIn(live.log.join('')).should.deepEqual([]);
    await live.says(/•••/);

    await live.stop();
    const files = readdirSync(folder).filter((name) => name.startsWith('store.sqlite'));
    const bytes = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    bytes.should.containEql('refused').and.containEql('kantata:4711').and.containEql('•••');
    leaksIn(bytes).should.deepEqual([]);
  });
});

describe('A Node-RED that is told to trust every certificate', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({
      environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      flows: [tab(), { ...connection('psa', 'kantata'), kantataEnvironment: 'NONE' }, sink()],
    });
  });
  after(() => live?.end());

  it('says so in the log, in the overview, with each connection and with each test of one', async () => {
    await live.says(/\[ps-connect\] NODE_TLS_REJECT_UNAUTHORIZED=0 is set/);
    const notice = { notices: [{ code: 'CERTIFICATES_NOT_CHECKED' }] };
    (await live.get<object>('/overview')).should.containDeep(notice);
    (await live.get<object[]>('/connections'))[0]!.should.containDeep(notice);
    const body = { type: 'system-connection', id: 'psa', config: { system: 'kantata' }, credentials: {} };
    ((await (await live.call('/ps-connect/api/v1/connections/test', { method: 'POST', body })).json()) as object).should.containDeep(
      notice,
    );
  });
});
