import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'should';
import { kantata } from '../../sandbox/kantata/definition.ts';
import { Simulator } from '../../sandbox/simulator.ts';
import { firm, KantataClient } from './kantata-client.ts';

const entry = (ref: string) => ({
  workspace_id: 11,
  story_id: 41,
  date_performed: '2026-11-17',
  time_in_minutes: 60,
  external_reference: { service_name: 'ps-connect', service_model: 'time', service_model_ref: ref },
});

describe('Kantata sandbox: faults, limits and tokens', () => {
  let client: KantataClient;

  beforeEach(async () => {
    client = await KantataClient.start(firm);
  });
  afterEach(() => client.stop());

  it('an answer lost after the commit leaves the record and says so in the journal', async () => {
    client.sim.faults.add({ kind: 'dropAfter', match: { method: 'POST', path: 'time_entries' } });
    await client.post('/time_entries', { time_entry: entry('T-1') }).should.be.rejected();
    (await client.get('/time_entries?external_reference_service_model_ref=T-1')).body.should.have.property('count', 1);
    client.sim.journal.entries[0]?.should.have.properties({ outcome: 'created', key: 'T-1', answerLost: true });
  });

  it('a record named by a fault is refused with the error given, and nothing is written', async () => {
    const error = { type: 'validation', message: 'The month is closed', field: 'date_performed' };
    client.sim.faults.add({ kind: 'refuseRecord', match: { bodyContains: 'T-2' }, body: { errors: [error] } });
    const answer = await client.post('/time_entries', { time_entries: [entry('T-1'), entry('T-2')] });
    answer.status.should.equal(422);
    answer.errors.should.deepEqual([error]);
    (await client.get('/time_entries')).body.should.have.property('count', 0);
    client.sim.journal.entries.map((line) => `${line.outcome} ${line.key}`).should.deepEqual(['refused T-1', 'refused T-2']);
  });

  it('a limit answers 429 without Retry-After, and is off unless set', async () => {
    const ask = async () => (await client.get('/workspaces')).status;
    for (let index = 0; index < 5; index++) (await ask()).should.equal(200);
    client.load({ rateLimits: [{ method: 'GET', path: '^/workspaces', max: 2, seconds: 60 }] });
    [await ask(), await ask()].should.deepEqual([200, 200]);
    const refused = await client.get('/workspaces');
    refused.status.should.equal(429);
    refused.headers.has('retry-after').should.be.false();
    (await client.get('/users')).status.should.equal(200);
    client.sim.clock.set(new Date(Date.now() + 61000));
    (await ask()).should.equal(200);
  });

  it('a revoked token is refused until a new code is exchanged, and a code works once', async () => {
    const { tokenUrl = '', authorizeUrl = '', clientId = '', clientSecret = '' } = kantata.credentials(client.sim);
    client.sim.faults.add({ kind: 'expireToken', match: { path: '/workspaces' } });
    (await client.get('/workspaces')).status.should.equal(401);
    const asked = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: 'http://localhost/back', state: 's1' });
    const consent = await fetch(`${authorizeUrl}?${asked}`, { redirect: 'manual' });
    const back = new URL(consent.headers.get('location') ?? '');
    back.searchParams.get('state')?.should.equal('s1');
    const grant = {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      code: back.searchParams.get('code') ?? '',
    };
    const exchange = () => fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(grant) });
    const token = (await (await exchange()).json()) as { access_token: string; token_type: string };
    token.token_type.should.equal('bearer');
    (await exchange()).status.should.equal(400);
    client.token = token.access_token;
    (await client.get('/workspaces')).status.should.equal(200);
  });

  it('the Date header is the clock of the sandbox', async () => {
    client.sim.clock.set(new Date('2026-11-30T23:59:10Z'));
    const date = (await client.get('/workspaces')).headers.get('date') ?? '';
    Date.parse(date).should.be.aboveOrEqual(Date.parse('2026-11-30T23:59:10Z')).and.below(Date.parse('2026-12-01T00:00:00Z'));
  });

  it('what was written survives a restart', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kantata-'));
    try {
      const first = await new Simulator(kantata, { port: 0, dir }).start();
      kantata.load(first, { ...firm, time_entries: [{ ...entry('T-9'), id: '500' }] });
      await first.stop();
      const second = await new Simulator(kantata, { port: 0, dir }).start();
      const headers = { authorization: `Bearer ${kantata.credentials(second)['accessToken']}` };
      const answer = await fetch(`${second.url}/api/v1/time_entries?external_reference_service_model_ref=T-9`, { headers });
      ((await answer.json()) as { results: unknown }).results?.should.deepEqual([{ key: 'time_entries', id: '500' }]);
      await second.stop();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('a reset forgets everything but the account and its tokens', async () => {
    await fetch(`${client.sim.url}/__sandbox/reset`, { method: 'POST' });
    (await client.get('/workspaces?include_archived=true')).body.should.have.property('count', 0);
    (await client.get('/roles')).body.should.have.property('count', 0);
    (await client.get('/users')).body.should.have.property('count', 2);
  });
});
