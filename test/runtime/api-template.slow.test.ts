import 'should';
import should from 'should';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { bookedAssignment, loadBookedFirm } from '../nodes/booked-firm.ts';
import { emailOf, loadTimeFirm, projectCodeOf, taskCodeOf } from '../system/time-firm.ts';
import { call, newKey } from './business-api-calls.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

describe('The template flow "Governed APIs"', function () {
  this.timeout(180_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let key: string;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    loadTimeFirm(sandbox, { users: ['1'], workspaces: ['2'], stories: new Map([['1', '2']]), currency: 'EUR', legalEntity: 'DE01' });
    loadBookedFirm(sandbox);
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
    await live.deploy(JSON.parse(readFileSync(new URL('../../flows/governed-apis.json', import.meta.url), 'utf8')) as FlowNode[]);
    ({ key } = await newKey(live, 'planning', ['resource-availability', 'timesheets']));
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const get = (query: string) => call(live, 'GET', `/business/v1/resource-availability?${query}`, { headers: { 'x-api-key': key } });
  const posted = () => sandbox.netsuite.journal.entries.filter((line) => line.outcome === 'created' && line.type === 'timeBill').length;
  const entry = (id: string, more: object = {}) => ({
    ...{ id: `time-tool:${id}`, source: { system: 'time-tool', id }, resource: { id: '1', email: emailOf('1') } },
    project: { id: projectCodeOf('2'), code: projectCodeOf('2') },
    task: { id: taskCodeOf('2', '1'), code: taskCodeOf('2', '1') },
    ...{ workDate: '2026-11-19', minutes: 90, billable: true, status: 'approved', version: '1', ...more },
  });
  const post = (body: object, idempotencyKey: string = randomUUID()) =>
    call(live, 'POST', '/business/v1/timesheets', { body, headers: { 'x-api-key': key, 'idempotency-key': idempotencyKey } });

  it('tells other teams who has time, from the PSA, with what it left out', async () => {
    const { start, end, role = '' } = bookedAssignment();
    const { status, body } = await get(new URLSearchParams({ start, end, role }).toString());
    should(status).equal(200, JSON.stringify(body));
    (body as unknown as { people: { id: string; freeMinutes: number }[] }).people
      .map(({ id, freeMinutes }) => `${id} ${freeMinutes}`)
      .should.deepEqual(['kantata:302 2400', 'kantata:303 2400', 'kantata:301 1200']);
    body.should.have.properties({ from: start, to: end, further: 0, unknown: [] });
  });

  it('tells what is wrong with a search, before the PSA is asked and after', async () => {
    (await get('start=2026-12-07')).body.errors!.map(({ parameter }) => parameter).should.deepEqual(['end']);
    const { status, body } = await get('start=2026-12-11&end=2026-12-07');
    should([status, body.class]).deepEqual([422, 'contract.invalid']);
    body.detail!.should.match(/The last day \(2026-12-07\) is before the first/);
    (await live.get<unknown[]>('/dead-letters')).should.be.empty();
  });

  it('posts time to the ERP once, however often it is sent, and says where it stands there', async () => {
    const name = randomUUID();
    const first = await post(entry('1'), name);
    should(first.status).equal(201, JSON.stringify(first.body));
    first.body.should.have.property('entry', 'time-tool:1');
    first.body['erp']!.should.be.String();
    should(await post(entry('1'), name)).match({ status: 201, body: first.body });
    should(posted()).equal(1);
  });

  it('posts once, and answers alike, though the process is killed while it posts', async () => {
    const name = randomUUID();
    const first = post(entry('2'), name).catch(() => undefined);
    await live.until(async () => (await live.run('time-tool:2')) !== undefined, 'it is stored');
    await live.stop('SIGKILL');
    await first;
    await live.restart();
    (await live.ended('time-tool:2')).status.should.equal('done');
    const again = await post(entry('2'), name);
    should([again.status, again.body['entry']]).deepEqual([201, 'time-tool:2']);
    should(posted()).equal(2);
  });

  it('waits for an ERP that loses its answer or is away for a moment, and answers as if nothing had been', async () => {
    sandbox.netsuite.faults.add([
      { kind: 'status', status: 503, match: { path: 'suiteql' } },
      { kind: 'dropAfter', match: { method: 'POST', path: '/record/v1/timeBill' } },
    ]);
    const before = posted();
    const { status, body } = await post(entry('5'));
    should([status, body['entry']]).deepEqual([201, 'time-tool:5']);
    should(posted()).equal(before + 1);
  });

  it('tells who reads at once that the PSA is away, and nothing of where that is; nobody has to look after it', async () => {
    sandbox.kantata.faults.add({ kind: 'status', status: 503, times: -1, body: { error: 'the database kantata-7.internal is down' } });
    const { status, headers, body } = await get('start=2026-12-07&end=2026-12-11');
    sandbox.kantata.faults.clear();
    should([status, body.class]).deepEqual([503, 'transient.unavailable']);
    Number(headers.get('retry-after')).should.be.above(0);
    JSON.stringify(body).should.not.match(/kantata|127\.0\.0\.1|Kantata|internal is/);
    const dead = await live.get<{ event: { subject: string } }[]>('/dead-letters');
    dead.map(({ event }) => event.subject).should.not.containEql('resource-availability');
    (await live.get<{ status: string }[]>('/runs?status=waiting')).should.be.empty();
  });

  it('refuses what the ERP refuses in words, and keeps it for a person', async () => {
    const before = posted();
    const { status, body } = await post(entry('3', { resource: { id: '9', email: 'nobody@firm.example' } }));
    should([status, body.class]).deepEqual([422, 'mapping.missing']);
    (await live.ended('time-tool:3')).status.should.equal('dead');
    should(posted()).equal(before);
  });

  it('says what is offered to whoever asks', async () => {
    const { body } = await call(live, 'GET', '/business/openapi.json');
    Object.keys(body['paths'] as object).should.deepEqual(['/business/v1/resource-availability', '/business/v1/timesheets']);
  });
});
