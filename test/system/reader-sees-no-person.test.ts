import should from 'should';
import { createRequire } from 'node:module';
import type { Effect } from '../../engine/store/effects.ts';
import type { Run } from '../../engine/store/runs.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import { addDays } from '../../sandbox/firm/calendar-date.ts';
import { playBusinessDay } from '../../sandbox/play-business-day.ts';
import { scriptDay } from '../../sandbox/firm/day-script.ts';
import type { Person } from '../../sandbox/firm/people.ts';
import { expectedBooks } from '../../sandbox/firm/expected-books.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { templateFlows } from '../../scripts/start/user-dir.ts';
import { routeOf } from '../runtime/answer-as-described.ts';
import { entry, func, node, tab } from '../runtime/flow-parts.ts';
import { type FlowNode, LiveNodeRed } from '../runtime/live-node-red.ts';
import { type Betrayal, Confidential } from './persons-of-the-firm.ts';

const base = '/ps-connect/api/v1';

/** Messages of other forms than the firm's own flows have, each the beginning of a run. */
const tabs = (): FlowNode[] => [
  tab(),
  entry('ask', { policy: 'psc-policy' }),
  node('ask', 'run-approval', [['done'], [], [], []], {
    ...{ title: '"Leave of " & payload.resource.name', titleType: 'jsonata', details: 'payload', detailsType: 'msg', policy: 'psc-policy' },
    ...{ expiresAfterHours: 0, escalateAfterHours: 0, onExpiry: 'reject', severity: 'normal' },
  }),
  func('done', 'return msg;', [[]]),
  node('raw', 'canonical-map', [['fails']], { expression: 'payload', policy: 'psc-policy' }),
  node('fails', 'canonical-map', [[]], { expression: '$error(payload.complaint)', policy: 'psc-policy' }),
  node('contact', 'canonical-map', [['upsert']], { expression: 'payload', policy: 'psc-policy' }),
  node('upsert', 'salesforce-upsert', [[]], {
    ...{ connection: 'psc-salesforce', policy: 'psc-policy', sobject: 'Account', externalIdField: 'Account_Code__c' },
    ...{ records: '{ "Account_Code__c": payload.id, "Name": payload.Name, "Phone": payload.Phone }', recordsType: 'jsonata' },
  }),
];

describe('A reader of a played business day', function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let confidential: Confidential;
  const tokens = { admin: '', reader: '' };
  let runs: Run[] = [];
  let reconciliation = 'none';

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    const firm = sandbox.firm!;
    const environment = connectionEnvironment(sandbox.access);
    confidential = new Confidential(sandbox, environment);
    const bcrypt = JSON.stringify(createRequire(import.meta.url).resolve('bcryptjs'));
    live = await LiveNodeRed.start({
      environment,
      settings: `adminAuth: { type: 'credentials', users: [
        { username: 'ana', password: require(${bcrypt}).hashSync('secret', 4), permissions: '*' },
        { username: 'rita', password: require(${bcrypt}).hashSync('secret', 4), permissions: 'read' } ] }`,
    });
    tokens.admin = await signIn('ana', '*');
    tokens.reader = await signIn('rita', 'read');
    live.token = tokens.admin;
    const flows = templateFlows({ since: addDays(firm.date, -90), intervalSeconds: 1, batchSeconds: 1 });
    await live.deploy([...(flows as FlowNode[]), ...tabs()]);
    await playBusinessDay(sandbox.access, { firm });
    await untilWorkedOff(expectedBooks(firm, scriptDay(firm)).refusals.length);
    await otherForms();
    live.token = tokens.admin;
    reconciliation = (await live.get<{ id: string }[]>('/reconciliations'))[0]!.id;
    runs = await live.get<Run[]>('/runs?limit=500');
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const signIn = async (username: string, scope: string) => {
    const body = { client_id: 'node-red-admin', grant_type: 'password', scope, username, password: 'secret' };
    return ((await (await live.call('/auth/token', { method: 'POST', body })).json()) as { access_token: string }).access_token;
  };

  async function untilWorkedOff(dead: number): Promise<void> {
    let seen: Record<string, number> = {};
    const isWorkedOff = async () => {
      seen = (await live.get<{ runs: Record<string, number> }>('/overview')).runs;
      return (seen['ready'] ?? 0) + (seen['running'] ?? 0) + (seen['waiting'] ?? 0) === 0 && seen['dead'] === dead;
    };
    await live.until(isWorkedOff, () => `the day is worked off: ${JSON.stringify(seen)}`, 120);
  }

  /** Persons in the systems' own records, in sentences, in a question, and in a write of which nobody knows what became of it. */
  async function otherForms(): Promise<void> {
    const [one, two, three] = sandbox.firm!.people as [Person, Person, Person];
    const { contact, code } = sandbox.firm!.accounts[0]!;
    const name = ({ firstName, lastName }: Pick<Person, 'firstName' | 'lastName'>) => `${firstName} ${lastName}`;
    live.receive('entry', { payload: { id: 'LEAVE-1', resource: { id: '7', name: name(one), email: one.email }, days: 3 } });
    const opportunity = {
      attributes: { type: 'Opportunity' },
      Id: '006000000000001AAA',
      Name: 'ERP renewal',
      Owner: { attributes: { type: 'User' }, Name: name(two), Email: two.email },
      Delivery_Manager__r: { Name: name(three), Phone: '+49 711 5550199' },
      Delivery_Manager_Email__c: three.email,
      Contacts: [
        {
          attributes: { type: 'Contact' },
          FirstName: contact.firstName,
          LastName: contact.lastName,
          Name: name(contact),
          Email: `contact@${code.toLowerCase()}.example`,
        },
      ],
    };
    const complaint = `The user ${name(two)} (${three.lastName}, ${three.firstName}; ${three.email}) is inactive, call +49 711 5550199.`;
    live.receive('raw', { payload: { ...opportunity, complaint }, topic: complaint });
    live.receive('raw', {
      payload: {
        id: 'EMP-FORM',
        employee: { id: '12', refName: name(one) },
        records: [{ recordType: 'employee', entityId: name(two), mobilePhone: '0711 555 01 99' }],
        complaint: `${one.lastName} is unknown`,
      },
    });
    live.receive('raw', {
      payload: {
        id: 'USER-FORM',
        users: { 12: { full_name: name(one), email_address: one.email } },
        complaint: JSON.stringify({ user: name(one) }),
      },
    });
    confidential.text('711 5550199');
    confidential.text('0711 555 01 99');
    sandbox.salesforce.faults.add([
      { kind: 'dropAfter', match: { method: 'PATCH' } },
      {
        kind: 'status',
        status: 503,
        body: [{ errorCode: 'SERVER_UNAVAILABLE', message: `Ask ${name(one)}, ${one.email}` }],
        match: { method: 'GET', path: 'sobjects/Account' },
        after: 1,
        times: -1,
      },
    ]);
    live.receive('contact', {
      payload: { id: 'DOUBT-1', Account_Code__c: 'DOUBT-1', Name: 'Client', Phone: '+49 711 5550199', owner: { name: name(one) } },
    });
    live.token = tokens.admin;
    await live.until(async () => (await live.get<Effect[]>('/effects')).length > 0, 'a write is in doubt', 60);
    await live.until(async () => (await live.get<unknown[]>('/approvals')).length > 0, 'somebody is asked');
    for (const subject of ['006000000000001AAA', 'EMP-FORM', 'USER-FORM']) await live.ended(subject);
    await live.call('/inject/psc-t-clock', { method: 'POST' });
    await live.until(async () => (await live.get<unknown[]>('/reconciliations')).length > 0, 'both sides are compared', 60);
    const [letter] = await live.get<Run[]>('/dead-letters?search=EMP-FORM');
    const reason = `${name(one)} says so, ${one.email}`;
    await live.call(`${base}/dead-letters/${letter!.id}/discard`, { method: 'POST', body: { reason } });
  }

  /** Every address of a route: with every id that it may be asked for, and with each of its questions. */
  function addressesOf({ path, query }: (typeof routes)[number]): string[] {
    const paths = path.includes(':id')
      ? [...runs.map((run) => run.id), reconciliation, 'psc-o-map', 'nobody'].map((id) => path.replace(':id', id))
      : [path];
    const answers: Record<string, string[]> = {
      status: ['ready', 'running', 'waiting', 'done', 'dead', 'cancelled', 'all', 'open', 'approved', 'done,dead'],
      limit: ['1', '500'],
      flow: ['psc-flow-time', 'psc-flow-opportunity', 'tab'],
      entry: ['psc-t-in', 'raw'],
      run: runs.slice(0, 20).map((run) => run.id),
      subject: runs.slice(0, 20).map((run) => run.id),
      search: ['ENG', sandbox.firm!.people[0]!.lastName],
    };
    const asked = Object.keys(query?.properties ?? {}).flatMap((name) =>
      (answers[name] ?? ['1', 'x']).map((value) => `${name}=${encodeURIComponent(value)}`),
    );
    return paths.flatMap((address) => [address, ...(path.includes(':id') ? [] : asked.map((question) => `${address}?${question}`))]);
  }

  it('had much to look at', async () => {
    live.token = tokens.admin;
    const { runs: counts } = await live.get<{ runs: Record<string, number> }>('/overview');
    counts['done']!.should.be.above(50);
    counts['dead']!.should.be.above(5);
    confidential.size.should.be.above(100);
    // whoever may edit sees the persons: they are there
    const seen = await Promise.all(
      (await live.get<Run[]>('/dead-letters?limit=500')).map(async ({ id }) => (await live.call(`${base}/dead-letters/${id}`)).text()),
    );
    confidential.betrayedBy(seen.join('\n'), '').length.should.be.above(5);
  });

  it('finds no name, no address, no telephone number and no secret in any answer', async () => {
    live.token = tokens.reader;
    const found: Betrayal[] = [];
    let asked = 0;
    for (const route of routes.filter(({ method }) => method === 'get')) {
      for (const address of addressesOf(route)) {
        const response = await live.call(base + address);
        found.push(...confidential.betrayedBy(await response.text(), address));
        asked++;
      }
    }
    found.push(...confidential.betrayedBy(await (await live.call(`${base}/openapi.json`)).text(), '/openapi.json'));
    asked.should.be.above(100);
    should(found.slice(0, 10)).deepEqual([]);
  });

  it('finds none in the log of Node-RED either', () => {
    const log = live.log.join('');
    log.should.match(/psc|PS Connect|ps-connect/);
    should(confidential.betrayedBy(log, 'log')).deepEqual([]);
  });

  it('is answered by every route as its schema says, and so is whoever may do more', async () => {
    live.token = tokens.admin;
    const answered = new Set<string>();
    // an answer that is not as it is described is an error (test/runtime/answer-as-described.ts)
    const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
      const response = await live.call(base + path, { method, ...(body ? { body } : {}) });
      const { method: by, path: of } = routeOf(method, base + path)!;
      if (response.status === 200) answered.add(`${by} ${of}`);
      return response;
    };
    for (const route of routes.filter(({ method }) => method === 'get')) {
      for (const address of addressesOf(route)) await ask('GET', address);
    }
    for (const id of ['LEAVE-2', 'LEAVE-3', 'LEAVE-4']) {
      live.receive('entry', { payload: { id, resource: { id: '7', name: 'Somebody' }, days: 3 } });
    }
    const open = () => live.get<{ id: string; run: string }[]>('/approvals');
    await live.until(async () => (await open()).length >= 4, 'four are asked');
    const [one, two, three] = (await open()) as [{ id: string; run: string }, { id: string; run: string }, { id: string; run: string }];
    await ask('POST', `/runs/${three.run}/wake`, {});
    await ask('POST', `/runs/${three.run}/cancel`, { reason: 'nobody goes' });
    await ask('POST', `/approvals/${one.id}/approve`, {});
    await ask('POST', `/approvals/${two.id}/reject`, {});
    const [doubt] = await live.get<Effect[]>('/effects');
    await ask('POST', `/effects/${encodeURIComponent(doubt!.key)}/settle`, { outcome: 'not-made', reason: 'looked' });
    const dead = await live.get<Run[]>('/dead-letters?limit=500');
    await ask('POST', `/dead-letters/${dead[0]!.id}/compensate`, {});
    await ask('POST', `/dead-letters/${dead[1]!.id}/discard`, {});
    await ask('POST', `/dead-letters/${dead[2]!.id}/replay`, {});
    await ask('POST', '/replays', { runs: [dead[3]!.id, 'nobody'], correction: '$error("no")' });
    await ask('POST', '/connections/test', { type: 'system-connection', id: 'psc-salesforce' });
    await ask('POST', '/preview', { expression: 'payload.id', contract: 'engagement', sample: { id: 1 } });
    const { id: key } = (await (await ask('POST', '/api-keys', { consumer: 'payroll', scopes: ['timesheets'] })).json()) as { id: string };
    await ask('POST', `/api-keys/${key}/revoke`, {});
    const named = { list: 'runs', name: 'Hers', filter: { search: sandbox.firm!.people[0]!.lastName } };
    const { id: filter } = (await (await ask('POST', '/saved-filters', named)).json()) as { id: string };
    await ask('POST', `/saved-filters/${filter}/rename`, { name: 'Hers of this month' });
    live.token = tokens.reader;
    (await live.get<unknown[]>('/saved-filters')).should.deepEqual([], 'it names a person');
    live.token = tokens.admin;
    await ask('POST', `/saved-filters/${filter}/delete`, {});
    const entry = { table: 'region', from: 'crm', value: 'EMEA', to: 'erp', target: 'Europe' };
    const changed = await ask('POST', '/crosswalk/changes', { changes: [{ entry }], reason: 'the ERP knows continents' });
    const { changes } = (await changed.json()) as { changes: { row: { id: string } }[] };
    await ask('GET', `/crosswalk/rows/${changes[0]!.row.id}/history`);
    const { csv } = await live.get<{ csv: string }>('/crosswalk/csv');
    await ask('POST', '/crosswalk/csv', { csv, reason: 'as it was' });
    // there is nothing to accept of a journal that is the one that was anchored
    (await ask('POST', '/journal/anchor', { reason: 'why not' })).status.should.equal(409);
    should(routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !answered.has(route))).deepEqual([
      'post /journal/anchor',
    ]);
  });

  it('still sees which deal, project and client it is about', async () => {
    live.token = tokens.reader;
    const deal = await (
      await live.call(
        `${base}/runs/${runs.find((run) => run.event.subject === 'ENG-0001' || run.event.source.includes('Opportunity'))!.id}`,
      )
    ).text();
    const names = sandbox.firm!.accounts.map((account) => account.name);
    names.some((name) => deal.includes(name)).should.equal(true);
    deal.should.match(/ENG-\d{4}/);
  });
});
