import should from 'should';
import type { Fault } from '../../sandbox/faults.ts';
import { until } from '../until.ts';
import { Product } from './product.ts';
import { loadTimeFirm, projectCodeOf, psaId } from './time-firm.ts';

/** Person 1 is fit; 2 is unknown to the ERP. Project 1 is fit; 2 is inactive, 3 closed. October 2026 is closed. */
const firm = {
  users: ['1', '2'],
  workspaces: ['1', '2', '3'],
  stories: new Map([
    ['1', '1'],
    ['2', '2'],
    ['3', '3'],
  ]),
  currency: 'EUR',
  legalEntity: 'DE01',
};

interface Line {
  user?: string;
  workspace?: string;
  day?: string;
  minutes?: number;
  rate?: number;
  notes?: string;
}

describe('Bad days: approved time', function () {
  this.timeout(60_000);
  let product: Product;
  let made = 0;

  before(async () => {
    product = await Product.create({
      flow: 'time',
      change: (node) => (node.type === 'erp-post-timesheet' ? { ...node, batchSize: 10 } : node),
    });
    loadTimeFirm(product.sandbox, firm, { missingUsers: ['2'], inactiveProjects: ['2'], closedProjects: ['3'] });
    product.sandbox.netsuite.definition.load(product.sandbox.netsuite, { periods: [{ name: 'Oct 2026', closed: true }] });
    await product.harness.start();
    await posted(approve({}));
  });
  after(() => product?.end());
  afterEach(() => product.clearFaults());

  /** Time is entered and approved in the PSA; answers the business ids. `at` = when it was approved, if not now. */
  function approve(lines: Line | Line[], at = new Date().toISOString()): string[] {
    const { kantata } = product.sandbox;
    const rows = (Array.isArray(lines) ? lines : [lines]).map((line) => ({
      id: psaId.entry(String(++made)),
      workspace_id: psaId.workspace(line.workspace ?? '1'),
      story_id: psaId.story(line.workspace ?? '1'),
      user_id: psaId.user(line.user ?? '1'),
      date_performed: line.day ?? '2026-11-20',
      time_in_minutes: line.minutes ?? 60 + made,
      rate_in_cents: line.rate ?? 15050,
      currency: 'EUR',
      billable: true,
      ...(line.notes ? { notes: line.notes } : {}),
      approved: true,
      created_at: at,
      updated_at: at,
    }));
    kantata.definition.load(kantata, { time_entries: rows });
    return rows.map((row) => `kantata:${row.id}`);
  }

  const bill = (key: string) => product.books.erpBy('timeBill', key);
  const lines = (count: number): Line[] => Array.from({ length: count }, () => ({}));

  async function posted(keys: string[]): Promise<void> {
    const runs = await product.ended(keys);
    for (const key of keys) {
      const run = runs.get(key);
      should(run?.status).equal('done', `${key}: ${run?.failure?.message}`);
      bill(key).fields.should.containEql({ employee: product.books.erpBy('employee', 'EMP-1').id });
    }
  }

  const netsuite = (data: object) => product.sandbox.netsuite.definition.load(product.sandbox.netsuite, data);

  const refusals: { what: string; line: Line; failure: object }[] = [
    {
      what: 'in a closed period',
      line: { day: '2026-10-30' },
      failure: { class: 'business.rejected', code: 'PERIOD_CLOSED', field: 'workDate', value: '2026-10-30' },
    },
    {
      what: 'of a person whom the ERP does not know',
      line: { user: '2' },
      failure: {
        class: 'mapping.missing',
        code: 'EMPLOYEE_UNKNOWN',
        field: 'resource.email',
        value: '•••@firm.example' /* lists mask persons; the dead letter itself names the address */,
      },
    },
    {
      what: 'on an inactive project',
      line: { workspace: '2' },
      failure: { class: 'business.rejected', code: 'PROJECT_INACTIVE', field: 'project.code', value: projectCodeOf('2') },
    },
    {
      what: 'on a closed project',
      line: { workspace: '3' },
      failure: { class: 'business.rejected', code: 'PROJECT_CLOSED', field: 'project.code', value: projectCodeOf('3') },
    },
    {
      what: 'of no minutes',
      line: { minutes: 0 },
      failure: { class: 'contract.invalid', code: 'SCHEMA_MINIMUM', field: 'minutes', value: '0' },
    },
    {
      what: 'of more minutes than a day has',
      line: { minutes: 1441 },
      failure: { class: 'contract.invalid', code: 'SCHEMA_MAXIMUM', field: 'minutes' },
    },
  ];

  it('each entry that cannot be posted is a dead letter with record, field, value and remedy; the others of its batch are posted', async () => {
    const keys = approve(refusals.flatMap(({ line }) => [{}, line]));
    const runs = await product.ended(keys);
    for (const [index, { what, failure }] of refusals.entries()) {
      const fit = keys[index * 2] as string;
      const unfit = keys[index * 2 + 1] as string;
      should(runs.get(fit)?.status).equal('done', what);
      bill(fit);
      const run = runs.get(unfit);
      should(run?.status).equal('dead', what);
      should(run?.failure).containEql(failure);
      String(run?.failure?.record).should.containEql(unfit);
      String(run?.failure?.remedy).length.should.be.above(10);
      product.books.erpOf('timeBill', unfit).should.deepEqual([]);
    }
  });

  it('half a batch is refused by a rule of the ERP: the other half is posted, each refused one says why', async () => {
    const rows = lines(10).map((_line, at) => ({ notes: at % 2 ? 'FORBIDDEN' : 'fine' }));
    const body = {
      type: 'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4.1',
      title: 'Bad Request',
      status: 400,
      'o:errorDetails': [{ detail: 'Error while accessing a resource. Ask finance first.', 'o:errorCode': 'USER_ERROR' }],
    };
    product.fault('netsuite', { kind: 'refuseRecord', times: -1, status: 400, body, match: { bodyContains: 'FORBIDDEN' } });
    const keys = approve(rows);
    const runs = await product.ended(keys);
    for (const [at, key] of keys.entries()) {
      const run = runs.get(key);
      should(run?.status).equal(at % 2 ? 'dead' : 'done');
      product.books.erpOf('timeBill', key).length.should.equal(at % 2 ? 0 : 1);
      if (at % 2) should(run?.failure?.message).containEql('Ask finance first.');
    }
    product.clearFaults();
    const { body: answer } = await product.post('/replays', { code: 'USER_ERROR', reason: 'finance agrees' });
    answer.should.containEql({ replayed: 5 });
    await posted(keys);
  });

  const mishaps: { what: string; fault: Fault; batches?: number }[] = [
    { what: 'the answer of one entry is lost after the commit', fault: { kind: 'dropAfter' } },
    { what: 'the answers of half a batch are lost after the commit', fault: { kind: 'dropAfter', times: 5 } },
    { what: 'the connection is cut before an entry is sent', fault: { kind: 'dropBefore' } },
    { what: 'the ERP is away in the middle of a batch', fault: { kind: 'status', status: 503, after: 4, times: 3 } },
    { what: 'the ERP asks to slow down in the middle of a batch', fault: { kind: 'status', status: 429, after: 3 } },
    { what: 'the ERP asks to come back in a second', fault: { kind: 'status', status: 429, headers: { 'Retry-After': '1' }, after: 3 } },
    { what: 'a gateway gives up on an entry', fault: { kind: 'status', status: 504, body: '<html>Gateway Timeout</html>', after: 2 } },
    { what: 'the token expires in the middle of a batch', fault: { kind: 'expireToken', after: 3 } },
  ];
  for (const { what, fault } of mishaps) {
    it(`${what}: every entry is posted once`, async () => {
      product.fault('netsuite', { ...fault, match: { method: 'POST', path: '/timeBill$' } });
      await posted(approve(lines(10)));
      product.books.writtenTwice().should.deepEqual([]);
    });
  }

  it('the ERP cannot be asked before a batch is posted: the batch waits and is posted', async () => {
    product.fault(
      'netsuite',
      { kind: 'status', status: 503, times: 3, match: { path: '/suiteql' } },
      { kind: 'dropBefore', match: { path: '/suiteql' } },
    );
    await posted(approve(lines(10)));
  });

  it('the ERP takes one request at a time: every entry is posted once', async () => {
    netsuite({ concurrencyLimit: 1, latencyMs: 2 });
    await posted(approve(lines(40)));
    netsuite({ concurrencyLimit: 5, latencyMs: 0 });
  });

  it('the ERP shows its overload as a refused login: every entry is posted once', async () => {
    netsuite({ concurrencyLimit: 1, latencyMs: 2, overload: 'loginFailure' });
    await posted(approve(lines(20)));
    netsuite({ concurrencyLimit: 5, latencyMs: 0, overload: 'throttle' });
  });

  it('the PSA is away, throttles, hangs up and hiccups: nothing that was approved meanwhile is missed', async () => {
    product.fault(
      'kantata',
      { kind: 'status', status: 503, times: 2 },
      { kind: 'status', status: 429, times: 2 },
      { kind: 'dropBefore' },
      { kind: 'dropAfter' },
      { kind: 'status', status: 401, body: { errors: [{ type: 'oauth', message: 'Invalid OAuth 2 Request' }] } },
    );
    await posted(approve(lines(12)));
  });

  it('the ERP refuses the sign-in: time waits without a dead letter, and is posted when the credentials are right', async () => {
    const { state, definition } = product.sandbox.netsuite;
    const { clientId } = state.credentials;
    state.credentials.clientId = 'revoked';
    definition.expireTokens(state);
    const keys = approve(lines(3));
    try {
      for (const key of keys) await product.seen(key, (run) => run.status === 'waiting' && run.failure?.class === 'auth.denied');
    } finally {
      state.credentials.clientId = clientId;
    }
    await posted(keys);
  });

  it('an approval that shows up late, with an earlier time of change, is found', async () => {
    const now = Date.now();
    await posted(approve({}, new Date(now).toISOString()));
    await posted(approve({}, new Date(now - 100_000).toISOString()));
    await posted(approve({}, new Date(now - 40_000).toISOString()));
  });

  it('entries approved in one stroke, more than a page and all of one second, are all posted', async () => {
    await posted(approve(lines(450)));
  });

  it('a corrected entry that is approved again changes the posted one and makes no second', async () => {
    const [key] = approve({ minutes: 90 }) as [string];
    await posted([key]);
    const { kantata } = product.sandbox;
    const id = key.replace('kantata:', '');
    const row = product.books.psa('time_entries').find((entry) => entry.id === id);
    const at = new Date().toISOString();
    kantata.definition.load(kantata, { time_entries: [{ ...row, time_in_minutes: 45, updated_at: at }] });
    await until(
      () => bill(key).fields['hours'] === 45,
      () => `still ${String(bill(key).fields['hours'])} minutes`,
    );
    await product.ended([key]);
    (await product.runs(key)).length.should.equal(2);
  });

  it('reading the same entries again and again makes no second run', async () => {
    const keys = approve(lines(3));
    await posted(keys);
    const polls = async () =>
      ((await product.harness.nodeRed.overview()) as unknown as { sources: { readAt?: number }[] }).sources[0]?.readAt ?? 0;
    for (let round = 0; round < 3; round++) {
      const before = await polls();
      await until(
        async () => (await polls()) > before,
        () => 'the source does not read any more',
      );
    }
    for (const key of keys) (await product.runs(key)).length.should.equal(1);
  });

  it('and after all these days nothing is posted twice, nothing is in doubt, the journal is whole', async () => {
    product.books.writtenTwice().should.deepEqual([]);
    const keys = product.books.erp('timeBill').map((record) => record.externalId);
    new Set(keys).size.should.equal(keys.length);
    (await product.harness.nodeRed.get<unknown[]>('/effects')).should.deepEqual([]);
    (await product.harness.nodeRed.get<{ whole: boolean }>('/journal/verification')).whole.should.be.true();
  });
});
