import 'should';
import should from 'should';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Effect } from '../../engine/store/effects.ts';
import { apiAnswer, apiIn, call, Issuer, newKey, type Told } from './business-api-calls.ts';
import { func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';

const base64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const entrySchema = JSON.stringify({
  type: 'object',
  required: ['entryId', 'minutes'],
  additionalProperties: false,
  properties: {
    entryId: { type: 'string', minLength: 1, maxLength: 50 },
    minutes: { type: 'integer', minimum: 1 },
    mode: { type: 'string' },
  },
});
const answerSchema = JSON.stringify({ type: 'object', required: ['posted'], properties: { posted: { type: 'string' } } });

/** What comes back for these bytes. */
async function asBytes(editor: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(editor);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

describe('Business APIs that flows offer', function () {
  this.timeout(180_000);
  let live: LiveNodeRed;
  let issuer: Issuer;
  let key: string;

  const flows = (): FlowNode[] => [
    tab(),
    policy({ firstDelaySeconds: 30 }),
    {
      id: 'access',
      type: 'business-api-access',
      apiKeys: true,
      tokens: 'jwks',
      issuer: issuer.name,
      audience: 'api://psa',
      jwksUrl: issuer.url,
      callsPerMinute: 10_000,
    },
    { id: 'slow', type: 'business-api-access', apiKeys: true, callsPerMinute: 3, callsAtOnce: 1 },
    apiIn(
      'post',
      {
        path: 'timesheets',
        contract: 'own',
        contractSchema: entrySchema,
        answer: 'own',
        answerSchema,
        subject: 'payload.entryId',
        subjectType: 'jsonata',
        waitSeconds: 20,
        maxKilobytes: 4,
        summary: 'Posts one entry',
        published: true,
      },
      'work',
    ),
    apiIn('patient', { httpMethod: 'PUT', path: 'patient', waitSeconds: 1, subject: 'payload.entryId', subjectType: 'jsonata' }, 'work'),
    func(
      'work',
      `const { mode, entryId } = msg.payload;
       if (mode === 'fail') { node.error('it broke', msg); return null; }
       if (mode === 'silent') return null;
       if (mode === 'lie') { msg.payload = { wrong: 1 }; return [msg, null]; }
       msg.payload = { posted: entryId, by: msg.api.consumer };
       return mode === 'slow' ? [null, msg] : [msg, null];`,
      [['answer'], ['delay']],
    ),
    node('delay', 'delay', [['answer']], { pauseType: 'delay', timeout: '4', timeoutUnits: 'seconds', drop: false, outputs: 1 }),
    apiAnswer('answer', { httpStatus: 201 }),
    apiIn('one', { httpMethod: 'GET', path: 'projects/{code}/status', query: 'day:date, most?:integer', api: 'projects' }, 'read'),
    apiIn('new', { httpMethod: 'GET', path: 'projects/new/status', api: 'projects' }, 'read'),
    func('read', `if (msg.payload.code === 'broken') { node.error('no such project', msg); return null; } return msg;`, [['answer2']]),
    apiAnswer('answer2'),
    apiIn('limited', { httpMethod: 'GET', path: 'limited', access: 'slow' }, 'answer2'),
    apiIn(
      'old',
      { httpMethod: 'GET', path: 'old', deprecated: '2020-01-01', lastDay: '2020-02-01', successor: '/business/v2/old' },
      'answer2',
    ),
    apiIn(
      'aging',
      { httpMethod: 'GET', path: 'aging', deprecated: '2020-01-01', lastDay: '2999-12-31', successor: '/business/v2/aging' },
      'answer2',
    ),
    apiIn('open', { httpMethod: 'GET', path: 'open', callers: 'anyone', access: '' }, 'answer2'),
    sink(),
  ];

  before(async () => {
    issuer = await new Issuer().start();
    live = await LiveNodeRed.start({ flows: flows() });
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
    ({ key } = await newKey(live, 'payroll', ['timesheets', 'projects']));
  });
  after(async () => {
    await live?.end();
    await issuer?.stop();
  });

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Told> =>
    call(live, 'POST', '/business/v1/timesheets', { body, headers: { 'x-api-key': key, 'idempotency-key': randomUUID(), ...headers } });
  const get = (path: string, headers: Record<string, string> = { 'x-api-key': key }) => call(live, 'GET', path, { headers });
  const withToken = (token: string) =>
    call(live, 'POST', '/business/v1/timesheets', {
      body: { entryId: 'T', minutes: 1 },
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
    });
  const runs = async (subject: string) =>
    (await live.get<RunHead[]>(`/runs?search=${subject}`)).filter((run) => run.event.subject === subject);

  describe('what is called', () => {
    it('is carried out as a durable run and answered, by whom it was called on the message', async () => {
      const { status, body, headers } = await post({ entryId: 'E-1', minutes: 30 });
      should({ status, body }).deepEqual({ status: 201, body: { posted: 'E-1', by: 'payroll' } });
      should(headers.get('cache-control')).equal('no-store');
      const run = await live.ended('E-1');
      run.status.should.equal('done');
      const { effects } = await live.get<{ effects: Effect[] }>(`/runs/${run.id}`);
      effects.map(({ title, status: made }) => [title, made]).should.deepEqual([['Answer 201 to the caller', 'done']]);
    });

    it('reads by path and query, in their kinds, and takes the path that is said in so many words first', async () => {
      (await get('/business/v1/projects/ENG%2F1/status?day=2026-01-31&most=5')).body.should.deepEqual({
        code: 'ENG/1',
        day: '2026-01-31',
        most: 5,
      });
      const { status, body } = await get('/business/v1/projects/new/status');
      should({ status, body }).deepEqual({ status: 200, body: {} });
      const again = { 'x-api-key': key, 'idempotency-key': 'the same' };
      for (let n = 0; n < 2; n++)
        (await get('/business/v1/projects/new/status', again)).status.should.equal(200, 'a read is not told once');
    });

    it('that breaks its contract is refused with all that is wrong, each with its place, and begins nothing', async () => {
      const { status, headers, body } = await post({ entryId: '', minutes: 'x', other: 1 });
      status.should.equal(422);
      headers.get('content-type')!.should.equal('application/problem+json');
      body.should.match({ status: 422, class: 'contract.invalid', code: 'API_CALL_WRONG' });
      body
        .errors!.map(({ pointer }) => pointer!)
        .sort()
        .should.deepEqual(['#/entryId', '#/minutes', '#/other']);
      (await runs('other')).should.be.empty();
    });

    it('is told what is wrong in the language of the caller', async () => {
      const english = await post({ minutes: 1 }, { 'accept-language': 'it, en-GB;q=0.8, de;q=0.7' });
      english.body.detail!.should.startWith('The call is not as the API says: entryId is missing');
      const german = await post({ minutes: 1 }, { 'accept-language': 'de-AT, en;q=0.5' });
      german.body.detail!.should.startWith('Der Aufruf ist nicht, wie die API ihn verlangt: entryId fehlt');
      should(german.headers.get('content-language')).equal('de');
    });

    it('with parameters that are missing, twice, of another kind or unknown is refused with all of them', async () => {
      const { status, body } = await get('/business/v1/projects/A/status?most=1.5&day=2026-02-30&dya=1&most=2');
      status.should.equal(400);
      body
        .errors!.map(({ parameter, code }) => [parameter, code])
        .should.deepEqual([
          ['day', 'API_PARAMETER'],
          ['most', 'API_PARAMETER'],
          ['dya', 'API_PARAMETER'],
        ]);
      (await get('/business/v1/projects/%ff/status?day=2026-01-31')).status.should.equal(400);
    });

    it('in a body that is no JSON, too large, compressed or of another type is refused', async () => {
      const raw = (text: string, headers: Record<string, string> = {}) =>
        call(live, 'POST', '/business/v1/timesheets', {
          raw: text,
          headers: { 'x-api-key': key, 'idempotency-key': randomUUID(), ...headers },
        });
      (await raw('{"entryId": ')).status.should.equal(400);
      (await raw(`{"entryId":"${'x'.repeat(5_000)}"}`)).status.should.equal(413);
      (await raw('{}', { 'content-encoding': 'gzip' })).status.should.equal(415);
      (await raw('{}', { 'content-type': 'text/plain' })).status.should.equal(415);
      (await raw('{"entryId":"A","minutes":1,"__proto__":{"x":1}}')).status.should.equal(400);
      (await raw('{"entryId":"A","minutes":12345678901234567.89}')).status.should.equal(400);
    });

    it('in odd ways is answered, and by what it says', async () => {
      const raw = (lines: string[], body = '') =>
        asBytes(live.editor, [...lines, 'Host: 127.0.0.1', 'Connection: close', '', body].join('\r\n'));
      const open = (address: string) => raw([`GET ${address} HTTP/1.1`]);
      (await open('//business//v1/open/')).should.startWith('HTTP/1.1 200');
      (await open('http://elsewhere.example/business/v1/open')).should.startWith('HTTP/1.1 200');
      for (const address of [
        '/business/v1/../v1/open',
        '/business/v1/%6fpen',
        '/BUSINESS/v1/open',
        '/business/v01/open',
        '/business/v1/open%00',
        '/business/v1/open;x=1',
      ])
        (await open(address)).should.startWith('HTTP/1.1 404', address);
      const twice = [`X-API-Key: ${key}`, `X-API-Key: ${key}`];
      (await raw(['GET /business/v1/projects/new/status HTTP/1.1', ...twice])).should.startWith('HTTP/1.1 401');
      const json = ['Content-Type: application/json', `X-API-Key: ${key}`, 'Idempotency-Key: odd-1'];
      const long = 'x'.repeat(5_000);
      const chunked = [...json, 'Transfer-Encoding: chunked'];
      (await raw(['POST /business/v1/timesheets HTTP/1.1', ...chunked], `${long.length.toString(16)}\r\n${long}\r\n`)).should.startWith(
        'HTTP/1.1 413',
      );
      (
        await raw(['POST /business/v1/timesheets HTTP/1.1', ...json, 'Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n')
      ).should.startWith('HTTP/1.1 400');
      (
        await call(live, 'GET', '/business/v1/open', { headers: { 'accept-language': 'x'.repeat(5_000), 'x-forwarded-for': '\u00ff' } })
      ).status.should.equal(200);
    });

    it('by another method, or where nothing is, is told so', async () => {
      const { status, headers } = await call(live, 'DELETE', '/business/v1/timesheets', { headers: { 'x-api-key': key } });
      should([status, headers.get('allow')]).deepEqual([405, 'POST']);
      (await get('/business/v1/nothing')).status.should.equal(404);
      (await get('/business/v2/timesheets')).status.should.equal(404);
    });
  });

  describe('who calls', () => {
    it('is named by a key or a token, with the right of the API', async () => {
      (await withToken(await issuer.token())).body.should.deepEqual({ posted: 'T', by: 'planning' });
      (await withToken(await issuer.token({ scope: ['timesheets'] }))).status.should.equal(201);
      (await withToken(await issuer.token({ scope: 'timesheets.read other' }))).body.should.match({ status: 403, code: 'API_SCOPE' });
      const other = await newKey(live, 'other', ['something']);
      (await post({ entryId: 'X', minutes: 1 }, { 'x-api-key': other.key })).status.should.equal(403);
    });

    it('is refused without, with both, or with what was forged, has ended or is for somebody else', async () => {
      const now = Math.floor(Date.now() / 1000);
      const good = await issuer.token();
      const [header, payload, signature] = good.split('.') as [string, string, string];
      const stranger = await new Issuer().start();
      const refused: Record<string, string> = {
        expired: await issuer.token({ exp: now - 60 }),
        'without an end': await issuer.token({ exp: undefined }),
        'not valid yet': await issuer.token({ nbf: now + 3_600 }),
        'another audience': await issuer.token({ aud: 'api://crm' }),
        'another issuer': await issuer.token({ iss: 'https://login.example.org/' }),
        'nobody in it': await issuer.token({ client_id: undefined }),
        'a key of somebody else': await stranger.token(),
        'changed after it was signed': [
          header,
          base64({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), scope: 'all' }),
          signature,
        ].join('.'),
        'signed by none': `${base64({ alg: 'none' })}.${payload}.`,
        'signed with the public key as a secret': await (async () => {
          const text = `${base64({ alg: 'HS256', kid: 'first' })}.${payload}`;
          return `${text}.${createHmac('sha256', await issuer.pem())
            .update(text)
            .digest('base64url')}`;
        })(),
        garbage: 'a.b.c',
      };
      await stranger.stop();
      for (const [what, token] of Object.entries(refused)) {
        const { status, headers, body } = await withToken(token);
        should([what, status, body.class]).deepEqual([what, 401, 'auth.denied']);
        headers.get('www-authenticate')!.should.match(/^Bearer realm/);
      }
      const without = await call(live, 'POST', '/business/v1/timesheets', { body: {} });
      should([without.status, without.body.code]).deepEqual([401, 'API_CALLER']);
      (await post({}, { authorization: `Bearer ${good}` })).body.should.match({ status: 401, code: 'API_CALLER' });
      for (const wrong of [`${key}x`, key.slice(0, -2) + 'AA', 'psk_0000000000000000_' + 'A'.repeat(43), 'x'])
        (await post({}, { 'x-api-key': wrong })).status.should.equal(401);
      live.log.join('').should.not.containEql(good).and.not.containEql(key);
    });

    it('may use two keys while they are changed; one that was revoked is refused at once, and both acts are in the journal', async () => {
      const first = await newKey(live, 'rotating', ['timesheets'], { reason: 'as agreed' });
      const second = await newKey(live, 'rotating', ['timesheets']);
      const idempotency = randomUUID();
      const by = (one: { key: string }) => post({ entryId: 'R-1', minutes: 1 }, { 'x-api-key': one.key, 'idempotency-key': idempotency });
      (await by(first)).status.should.equal(201);
      (await by(second)).body.should.deepEqual({ posted: 'R-1', by: 'rotating' }, 'the same consumer, and so the same call');
      (await runs('R-1')).length.should.equal(1);
      (await live.call(`/ps-connect/api/v1/api-keys/${first.id}/revoke`, { method: 'POST', body: {} })).status.should.equal(200);
      (await live.call(`/ps-connect/api/v1/api-keys/${first.id}/revoke`, { method: 'POST', body: {} })).status.should.equal(404);
      (await by(first)).status.should.equal(401);
      (await by(second)).status.should.equal(201);
      const told = await (await live.call('/ps-connect/api/v1/api-keys')).text();
      told.should.containEql(first.id).and.not.containEql(first.key.slice(-43)).and.not.containEql('hash');
      const lines = await live.get<{ action: string }[]>(`/journal?subject=${first.id}`);
      lines.map(({ action }) => action).should.deepEqual(['api-key.made', 'api-key.revoked']);
    });

    it('gets no key that says nothing: for whom, for what, until when', async () => {
      const sound = { consumer: 'payroll', scopes: ['timesheets'] };
      for (const wrong of [
        {},
        { scopes: ['timesheets'] },
        { ...sound, consumer: '' },
        { ...sound, consumer: 'a\nb' },
        { ...sound, scopes: [] },
        { ...sound, scopes: ['a b'] },
        { ...sound, scopes: 'timesheets' },
        { ...sound, days: 0 },
        { ...sound, days: 4_000 },
        { ...sound, hash: 'x' },
      ])
        (await live.call('/ps-connect/api/v1/api-keys', { method: 'POST', body: wrong })).status.should.equal(400, JSON.stringify(wrong));
      const { id } = await newKey(live, 'payroll', ['timesheets'], { days: 1 });
      const kept = (await live.get<{ id: string; createdAt: number; expiresAt: number }[]>('/api-keys')).find((one) => one.id === id)!;
      should(kept.expiresAt - kept.createdAt).equal(86_400_000);
    });

    it('may be anybody where that was chosen, which the log says', async () => {
      (await get('/business/v1/open', {})).status.should.equal(200);
      await live.says(/Anybody who reaches the address of this API can call it/);
    });

    it('has keys of the issuer read again for a token of a new one, and not at every token that anybody makes up', async () => {
      const stranger = await new Issuer().start();
      const before = issuer.asked;
      for (let n = 0; n < 5; n++) {
        await stranger.addKey(`unknown-${n}`);
        (await withToken(await stranger.token({}, `unknown-${n}`))).status.should.equal(401);
      }
      issuer.asked.should.be.within(before, before + 1);
      await stranger.stop();
    });
  });

  describe('how much is called', () => {
    it('is limited for each consumer, and told before and when it is too much', async () => {
      const { key: own } = await newKey(live, 'eager', ['timesheets']);
      const answers: Told[] = [];
      for (let n = 0; n < 4; n++) answers.push(await get('/business/v1/limited', { 'x-api-key': own }));
      answers.map(({ status }) => status).should.deepEqual([200, 200, 200, 429]);
      should(answers[0]!.headers.get('ratelimit')).match(/^"calls";r=2;t=20$/);
      should(answers[3]!.headers.get('ratelimit-policy')).equal('"calls";q=3;w=60');
      Number(answers[3]!.headers.get('retry-after')).should.be.within(1, 20);
      const { key: others } = await newKey(live, 'patient', ['timesheets']);
      (await get('/business/v1/limited', { 'x-api-key': others })).status.should.equal(200);
    });
  });

  describe('what is called again', () => {
    it('with the same key gets the same answer and begins nothing; with another body, or by another consumer, it is another call', async () => {
      const same = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
      const first = await post({ entryId: 'I-1', minutes: 5 }, same);
      const again = await post({ minutes: 5, entryId: 'I-1' }, same);
      should([again.status, again.body]).deepEqual([first.status, first.body]);
      (await post({ entryId: 'I-1', minutes: 6 }, same)).body.should.match({ status: 422, code: 'API_KEY_HEADER' });
      (await runs('I-1')).length.should.equal(1);
      const other = await newKey(live, 'someone', ['timesheets']);
      (await post({ entryId: 'I-1', minutes: 6 }, { ...same, 'x-api-key': other.key })).body.should.deepEqual({
        posted: 'I-1',
        by: 'someone',
      });
    });

    it('needs a key that can be read', async () => {
      const without = await call(live, 'POST', '/business/v1/timesheets', {
        body: { entryId: 'K', minutes: 1 },
        headers: { 'x-api-key': key },
      });
      should([without.status, without.body.code]).deepEqual([400, 'API_KEY_HEADER']);
      for (const odd of ['x'.repeat(256), 'a b', '""'])
        (await post({ entryId: 'K', minutes: 1 }, { 'idempotency-key': odd })).status.should.equal(400);
    });

    it('while the first is under way is told so, and where to ask; one that waits gets its answer', async () => {
      const same = { 'idempotency-key': randomUUID() };
      const first = post({ entryId: 'S-1', minutes: 1, mode: 'slow' }, same);
      await live.until(async () => (await runs('S-1')).length === 1, 'it is under way');
      const second = await post({ entryId: 'S-1', minutes: 1, mode: 'slow' }, same);
      should([second.status, second.body.code]).deepEqual([409, 'API_UNDER_WAY']);
      const where = second.headers.get('location')!;
      where.should.equal(second.body.instance);
      const asked = await get(where);
      should([asked.status, asked.body.code]).deepEqual([202, 'API_UNDER_WAY']);
      (await first).body.should.deepEqual({ posted: 'S-1', by: 'payroll' });
      const outcome = await get(where);
      should([outcome.status, outcome.body]).deepEqual([201, { posted: 'S-1', by: 'payroll' }]);
      const other = await newKey(live, 'nosy', ['timesheets']);
      (await get(where, { 'x-api-key': other.key })).status.should.equal(404);
      (await get(where, {})).status.should.equal(401);
      (await get('/business/outcomes/..%2f..%2fx')).status.should.equal(404);
    });

    it('after the process was killed in the middle gets the one answer', async () => {
      const same = { 'idempotency-key': randomUUID() };
      const body = { entryId: 'D-1', minutes: 1, mode: 'slow' };
      const first = post(body, same).catch(() => 'gone');
      await live.until(async () => (await runs('D-1')).length === 1, 'it is under way');
      await live.stop('SIGKILL');
      should(await first).equal('gone');
      await live.restart();
      await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
      await live.ended('D-1');
      const again = await post(body, same);
      should([again.status, again.body]).deepEqual([201, { posted: 'D-1', by: 'payroll' }]);
      const [run, ...more] = await runs('D-1');
      more.should.be.empty();
      const { effects } = await live.get<{ effects: Effect[] }>(`/runs/${run!.id}`);
      effects.length.should.equal(1);
    });

    it('is answered by the flows that were deployed meanwhile', async () => {
      const first = post({ entryId: 'P-1', minutes: 1, mode: 'slow' });
      await live.until(async () => (await runs('P-1')).length === 1, 'it is under way');
      await live.deploy(flows());
      should((await first).body).deepEqual({ posted: 'P-1', by: 'payroll' });
      (await runs('P-1')).length.should.equal(1);
    });

    it('that takes longer than callers are let wait is told so, and answered where it is asked for', async () => {
      const same = { 'idempotency-key': randomUUID(), 'x-api-key': key };
      const body = { entryId: 'W-1', minutes: 1, mode: 'slow' };
      const first = await call(live, 'PUT', '/business/v1/patient', { body, headers: same });
      should([first.status, first.body.code]).deepEqual([202, 'API_UNDER_WAY']);
      should(first.headers.get('retry-after')).equal('5');
      (await live.ended('W-1')).status.should.equal('done');
      for (const told of [
        await get(first.headers.get('location')!),
        await call(live, 'PUT', '/business/v1/patient', { body, headers: same }),
      ])
        should([told.status, told.body]).deepEqual([201, { posted: 'W-1', by: 'payroll' }]);
    });

    it('after the caller has gone gets the answer that nobody heard', async () => {
      const same = { 'idempotency-key': randomUUID() };
      const body = { entryId: 'G-1', minutes: 1, mode: 'slow' };
      const leaving = new AbortController();
      const first = fetch(`${live.editor}/business/v1/timesheets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': key, ...same },
        body: JSON.stringify(body),
        signal: leaving.signal,
      }).catch(() => 'gone');
      await live.until(async () => (await runs('G-1')).length === 1, 'it is under way');
      leaving.abort();
      should(await first).equal('gone');
      (await live.ended('G-1')).status.should.equal('done');
      (await post(body, same)).body.should.deepEqual({ posted: 'G-1', by: 'payroll' });
    });
  });

  describe('a flow', () => {
    it('that fails is told by its class, without what it says of itself; the run is kept for a person', async () => {
      const same = { 'idempotency-key': randomUUID() };
      const { status, body } = await post({ entryId: 'F-1', minutes: 1, mode: 'fail' }, same);
      should([status, body.code, body.class]).deepEqual([500, 'NODE_FAILED', 'internal']);
      JSON.stringify(body).should.not.containEql('it broke');
      const run = await live.ended('F-1');
      run.status.should.equal('dead');
      should(body.instance).equal(`/business/outcomes/${run.id}`);
      should((await post({ entryId: 'F-1', minutes: 1, mode: 'fail' }, same)).status).equal(500);
      (await runs('F-1')).length.should.equal(1);
    });

    it('whose answer breaks its contract sends none', async () => {
      const { status, body } = await post({ entryId: 'L-1', minutes: 1, mode: 'lie' });
      should([status, body.code]).deepEqual([500, 'API_ANSWER_INVALID']);
      body.should.not.have.property('wrong');
      const run = await live.ended('L-1');
      run.should.have.properties({ status: 'dead' });
      run.failure!.code.should.equal('API_ANSWER_INVALID');
    });

    it('that answers nothing is not taken for one that went well', async () => {
      const { status, body } = await post({ entryId: 'N-1', minutes: 1, mode: 'silent' });
      should([status, body.code]).deepEqual([500, 'API_UNANSWERED']);
      (await live.ended('N-1')).status.should.equal('done');
    });

    it('that only reads, and fails, is over when that was told: no dead letter, nothing in the journal, nothing tried again', async () => {
      const before = (await live.get<unknown[]>('/dead-letters')).length;
      const lines = (await live.get<{ seq: number }[]>('/journal?limit=1000')).length;
      const { status, headers, body } = await get('/business/v1/projects/broken/status?day=2026-01-31');
      should([status, body.code]).deepEqual([500, 'NODE_FAILED']);
      should(headers.get('location')).equal(null);
      (await live.get<unknown[]>('/dead-letters')).length.should.equal(before);
      (await live.get<{ seq: number }[]>('/journal?limit=1000')).length.should.equal(lines);
      const [run] = await live.get<(RunHead & { entry: string })[]>('/runs?status=cancelled');
      should(run).match({ status: 'cancelled', entry: 'one', failure: { code: 'NODE_FAILED' } });
    });
  });

  describe('a version that ends', () => {
    it('says so before, and where to go afterwards', async () => {
      const aging = await get('/business/v1/aging');
      aging.status.should.equal(200);
      should(aging.headers.get('deprecation')).equal(`@${Date.UTC(2020, 0, 1) / 1000}`);
      should(aging.headers.get('sunset')).equal('Wed, 01 Jan 3000 00:00:00 GMT');
      should(aging.headers.get('link')).equal('</business/v2/aging>; rel="successor-version"');
      const { status, headers, body } = await get('/business/v1/old');
      should([status, body.code]).deepEqual([410, 'API_GONE']);
      body.detail!.should.containEql('/business/v2/old');
      should(headers.get('link')).equal('</business/v2/old>; rel="successor-version"');
    });
  });

  describe('the description', () => {
    it('is valid OpenAPI 3.1 of what the flows offer; anybody reads what was published, and no more', async () => {
      const whole = await live.get<{ paths: Record<string, object> }>('/business-apis/document');
      const published = await get('/business/openapi.json', {});
      published.status.should.equal(200);
      for (const document of [whole, published.body]) {
        const { valid, errors } = await new Validator().validate(structuredClone(document));
        should(valid).equal(true, JSON.stringify(errors));
      }
      Object.keys(whole.paths).sort().should.containDeep(['/business/v1/projects/{code}/status', '/business/v1/timesheets']);
      Object.keys(published.body['paths'] as object).should.deepEqual(['/business/v1/timesheets']);
    });
  });

  describe('calls', () => {
    it('are counted by API, consumer and status', async () => {
      const text = await (await fetch(`${live.editor}/ps-connect/metrics`)).text();
      text.should.match(/psconnect_business_api_calls_total\{api="timesheets",consumer="payroll",status="201"\} \d/);
      text.should.match(/psconnect_business_api_duration_seconds_count\{api="timesheets"\} \d/);
    });
  });
});
