import 'should';
import should from 'should';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { apiAnswer, apiIn, call, newKey } from './business-api-calls.ts';
import { node, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed, type RunHead } from './live-node-red.ts';

describe('Business APIs of two Node-REDs on one PostgreSQL', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let nodeReds: LiveNodeRed[];

  before(async () => {
    database = await startPostgres();
    const environment = { PSCONNECT_STORE: database.url, PSCONNECT_SCHEMA: 'apis', PSCONNECT_LEASEMS: '3000' };
    const flows = [
      tab(),
      policy(),
      { id: 'access', type: 'business-api-access', apiKeys: true, callsPerMinute: 10_000 },
      apiIn('in', { path: 'orders' }, 'delay'),
      node('delay', 'delay', [['answer']], { pauseType: 'delay', timeout: '3', timeoutUnits: 'seconds', drop: false, outputs: 1 }),
      apiAnswer(),
      sink(),
    ];
    nodeReds = await Promise.all([1, 2].map(() => LiveNodeRed.start({ environment, flows })));
    for (const one of nodeReds) await one.until(async () => (await one.get<{ ready: boolean }>('/overview')).ready, 'it is ready');
  });
  after(async () => {
    for (const one of nodeReds ?? []) await one.end();
    await database?.remove();
  });

  const order = (at: LiveNodeRed, key: string, id: string) =>
    call(at, 'POST', '/business/v1/orders', { body: { id }, headers: { 'x-api-key': key, 'idempotency-key': id } });
  const underWay = (at: LiveNodeRed, id: string) =>
    at.until(async () => (await at.get<RunHead[]>(`/runs?search=${id}`)).length === 1, 'it is under way');

  it('are one call for one key, at whichever of them it comes again', async () => {
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    const { key } = await newKey(one, 'shop', ['timesheets']);
    const first = order(one, key, 'O-1');
    await underWay(other, 'O-1');
    const again = await order(other, key, 'O-1');
    should([again.status, again.body.code]).deepEqual([409, 'API_UNDER_WAY']);
    should((await first).body).deepEqual({ id: 'O-1' });
    const asked = await call(other, 'GET', again.headers.get('location')!, { headers: { 'x-api-key': key } });
    for (const { status, body } of [await order(other, key, 'O-1'), asked])
      should({ status, body }).deepEqual({ status: 200, body: { id: 'O-1' } });
  });

  it('refuse a key that was revoked at one of them, at the other within seconds', async () => {
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    const { id, key } = await newKey(one, 'former', ['nothing']);
    await other.until(async () => (await order(other, key, 'R')).status === 403, 'the other knows it');
    await one.call(`/ps-connect/api/v1/api-keys/${id}/revoke`, { method: 'POST', body: {} });
    (await order(one, key, 'R')).status.should.equal(401);
    await other.until(async () => (await order(other, key, 'R')).status === 401, 'the other refuses it', 20);
  });

  it('give the answer at the other when the one that was called is gone', async () => {
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    const { key } = await newKey(other, 'shop', ['timesheets']);
    const first = order(one, key, 'O-2').catch(() => undefined);
    await underWay(other, 'O-2');
    await one.stop('SIGKILL');
    should(await first).equal(undefined);
    (await other.ended('O-2')).status.should.equal('done');
    const { status, body } = await order(other, key, 'O-2');
    should({ status, body }).deepEqual({ status: 200, body: { id: 'O-2' } });
    (await other.get<RunHead[]>('/runs?search=O-2')).length.should.equal(1);
  });
});
