import 'should';
import should from 'should';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTypes, { astToString } from 'openapi-typescript';
import { freePort } from '../free-port.ts';
import { apiAnswer, apiIn, newKey } from './business-api-calls.ts';
import { func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const command = join(root, 'commands/ps-connect-apis.ts');

const entry = (more: object = {}) => ({
  type: 'object',
  required: ['entryId', 'minutes'],
  additionalProperties: false,
  properties: { entryId: { type: 'string' }, minutes: { type: 'integer', minimum: 1 }, ...more },
});
const posted = { type: 'object', required: ['posted'], properties: { posted: { type: 'string' } } };

const flows = (more: FlowNode[] = [], body: object = entry()): FlowNode[] => [
  tab(),
  policy(),
  { id: 'access', type: 'business-api-access', apiKeys: true, callsPerMinute: 1_000 },
  apiIn(
    'post',
    {
      ...{ path: 'timesheets', contract: 'own', contractSchema: JSON.stringify(body), answer: 'own', answerSchema: JSON.stringify(posted) },
      ...{ subject: 'payload.entryId', subjectType: 'jsonata', waitSeconds: 20 },
    },
    'work',
  ),
  func('work', 'msg.payload = { posted: msg.payload.entryId }; return msg;', [['answer']]),
  apiAnswer('answer', { httpStatus: 201 }),
  apiIn('status', { httpMethod: 'GET', path: 'projects/{code}/status', query: 'day:date', api: 'projects' }, 'read'),
  apiAnswer('read'),
  // offered by their switches: on the sandbox, to which no connection leads here, they are described and refuse
  node('free', 'psa-availability', [[]], { offered: true, access: 'access', apiName: 'resource-availability' }),
  node('provide', 'erp-project', [[]], { offered: true, access: 'access', apiName: 'project-provisioning' }),
  node('record', 'erp-post-timesheet', [[], []], { offered: true, access: 'access', apiName: 'timesheet-posting' }),
  ...more,
  sink(),
];

/** What somebody writes with the generated types; where the types lie it does not compile. */
const calls = `
import createClient from 'openapi-fetch';
import type { components, paths } from './api.ts';

export async function calls(baseUrl: string, key: string) {
  const client = createClient<paths>({ baseUrl, headers: { 'X-API-Key': key } });
  const header = { 'Idempotency-Key': 'first' };
  const post = () => client.POST('/business/v1/timesheets', { params: { header }, body: { entryId: 'E-1', minutes: 30 } });
  const [once, again] = [await post(), await post()];
  // a call that takes longer is answered with 202 and where its outcome is asked for
  const said: string | undefined = once.data && 'posted' in once.data ? once.data.posted : once.data?.instance;
  // @ts-expect-error minutes are a number
  const refused = await client.POST('/business/v1/timesheets', { params: { header: { 'Idempotency-Key': 'other' } }, body: { entryId: 'E-2', minutes: 'many' } });
  const params = { path: { code: 'ENG-1' }, query: { day: '2026-12-01' } };
  const read = await client.GET('/business/v1/projects/{code}/status', { params });
  // what is offered by a switch is described by the contract of its operation
  const params2 = { query: { start: '2026-12-07', end: '2026-12-11' } };
  const free = await client.GET('/business/v1/resource-availability', { params: params2 });
  const minutes: number | undefined = free.data?.people[0]?.freeMinutes;
  // @ts-expect-error a search has an end
  const endless = await client.GET('/business/v1/resource-availability', { params: { query: { start: '2026-12-07' } } });
  // @ts-expect-error an engagement is more than its code
  const half = await client.POST('/business/v1/project-provisioning', { params: { header }, body: { code: 'ENG-1' } });
  const entry: components['schemas']['time-entry'] = {
    ...{ id: 'time-tool:1', source: { system: 'time-tool', id: '1' }, resource: { id: '1' }, project: { id: 'P' }, workDate: '2026-11-19' },
    ...{ minutes: 90, billable: true, status: 'approved', version: '1' },
  };
  const posted = await client.POST('/business/v1/timesheet-posting', { params: { header: { 'Idempotency-Key': 'time' } }, body: entry });
  const id: string | undefined = posted.data && 'id' in posted.data ? posted.data.id : undefined;
  // @ts-expect-error there is no such API
  const absent = await client.GET('/business/v1/salaries', {});
  return {
    said,
    statuses: [once, again, refused, read, absent].map(({ response }) => response.status),
    again: again.data,
    offered: [free, endless, half, posted].map(({ response }) => response.status),
    nothing: [minutes, id],
    pointer: refused.error?.errors?.[0]?.pointer,
  };
}
`;

describe('What the flows offer, for those who build on it', function () {
  this.timeout(180_000);
  let live: LiveNodeRed;
  let folder: string;

  before(async () => {
    mkdirSync(join(root, '.tmp'), { recursive: true });
    folder = mkdtempSync(join(root, '.tmp', 'api-client-')); // where its imports are found
    live = await LiveNodeRed.start({ flows: flows() });
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
  });
  after(async () => {
    await live?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (program: string, parts: readonly string[]) => {
    const child = spawn(process.execPath, [program, ...parts], { cwd: folder });
    let said = '';
    let complained = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
    const [code] = (await once(child, 'close')) as [number];
    return { code, said, complained };
  };
  const asked = async (...parts: string[]) => {
    const { code, said } = await run(command, parts);
    return { code, told: JSON.parse(said.trim().split('\n').at(-1)!) as Record<string, unknown> };
  };

  it('is written by a command as the server says it', async () => {
    (await asked(`${live.editor}/`, '--out', 'apis')).code.should.equal(0);
    const written = (file: string) => JSON.parse(readFileSync(join(folder, 'apis', file), 'utf8')) as { paths?: object };
    written('openapi.json').should.deepEqual(await live.get('/business-apis/document'));
    written('asyncapi.json').should.deepEqual(await live.get('/business-events/document'));
    Object.keys(written('openapi.json').paths!).length.should.equal(5);
  });

  it('is enough to generate a client that compiles, calls, and is refused in the way that was described', async () => {
    const document = readFileSync(join(folder, 'apis', 'openapi.json'), 'utf8');
    writeFileSync(join(folder, 'api.ts'), astToString(await openapiTypes(document)));
    writeFileSync(join(folder, 'client.ts'), calls);
    const options = {
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      module: 'nodenext',
      target: 'es2023',
      skipLibCheck: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...options, types: [] }, files: ['client.ts'] }));
    const compiled = await run(join(root, 'node_modules/typescript/bin/tsc'), ['-p', folder]);
    compiled.said.should.equal('');
    const { key } = await newKey(live, 'planning', [
      'timesheets',
      'projects',
      'resource-availability',
      'project-provisioning',
      'timesheet-posting',
    ]);
    const client = (await import(pathToFileURL(join(folder, 'client.ts')).href)) as {
      calls(base: string, key: string): Promise<Record<string, unknown>>;
    };
    (await client.calls(live.editor, key)).should.deepEqual({
      said: 'E-1',
      statuses: [201, 201, 422, 200, 404],
      again: { posted: 'E-1' },
      offered: [422, 400, 422, 422],
      nothing: [undefined, undefined],
      pointer: '#/minutes',
    });
  });

  it('is compared with what it was: same, then what was added, changed and taken away', async () => {
    (await asked(live.editor, '--check', 'apis')).should.deepEqual({
      code: 0,
      told: {
        same: true,
        'openapi.json': { added: [], removed: [], changed: [] },
        'asyncapi.json': { added: [], removed: [], changed: [] },
      },
    });
    const further = apiIn('more', { httpMethod: 'DELETE', path: 'timesheets/{id}', subject: 'payload.id', subjectType: 'jsonata' });
    await live.deploy(flows([further], entry({ note: { type: 'string' } })).filter(({ id }) => id !== 'status'));
    const { code, told } = await asked(live.editor, '--check', 'apis');
    should(code).equal(1);
    told.should.containDeep({
      same: false,
      'openapi.json': {
        added: ['paths /business/v1/timesheets/{id} delete'],
        removed: ['paths /business/v1/projects/{code}/status get'],
        changed: ['paths /business/v1/timesheets post'],
      },
    });
  });

  it('says in words why it cannot be asked', async () => {
    const page = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<h1>Sign in</h1>'));
    const elsewhere = createServer((_request, response) => response.writeHead(302, { location: `${live.editor}/` }).end());
    for (const server of [page, elsewhere]) await once(server.listen(0, '127.0.0.1'), 'listening');
    const addressOf = (server: typeof page) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const cases: [string[], RegExp][] = [
      [[`http://127.0.0.1:${await freePort()}`, '--check', 'apis'], /ECONNREFUSED/],
      [[addressOf(page), '--check', 'apis'], /text\/html: <h1>Sign in/],
      [[addressOf(elsewhere), '--check', 'apis'], /HTTP 302/],
      [['not an address', '--check', 'apis'], /cannot be read at not an address/],
      [[live.editor, '--check', 'nowhere'], /nowhere.openapi\.json cannot be read/],
    ];
    for (const [parts, words] of cases) {
      const { code, told } = await asked(...parts);
      should(code).equal(2);
      String(told['message']).should.match(words);
      String(told['remedy']).length.should.be.above(10);
    }
    for (const server of [page, elsewhere]) server.close();
    for (const parts of [[], [live.editor], [live.editor, '--out', 'a', '--check', 'b'], [live.editor, live.editor, '--out', 'a']]) {
      const { code, complained } = await run(command, parts);
      should(code).equal(2);
      complained.should.match(/ps-connect-apis <address> --out/);
    }
  });
});
