import 'should';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import should from 'should';
import { eventIn } from './event-in-flow.ts';
import { func, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';
import { cloudEvent, post, postEvent, secret } from './webhook-sender.ts';

const flow = (more: object = {}) => [tab(), policy(), eventIn(more), sink()];
const bcrypt = createRequire(import.meta.url).resolve('bcryptjs');
const environment = { TIME_EVENTS_SECRET: secret };

describe('An event that comes on a bad day', function () {
  this.timeout(60_000);
  let folder: string;
  let live: LiveNodeRed | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-bad-day-'));
  });
  afterEach(async () => {
    await live?.end();
    live = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('is not acknowledged while the disk is full, and taken when there is room', async () => {
    const full = join(folder, 'full');
    // in every thread, and so in that of the store
    const disk = join(folder, 'disk.cjs');
    writeFileSync(
      disk,
      `const { prototype } = require('node:sqlite').DatabaseSync;
      const { exec } = prototype;
      prototype.exec = function (sql) {
        if (sql === 'COMMIT' && require('node:fs').existsSync(${JSON.stringify(full)})) throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
        return exec.call(this, sql);
      };`,
    );
    live = await LiveNodeRed.start({ environment: { ...environment, NODE_OPTIONS: `--require ${disk}` } });
    await live.deploy(flow());
    writeFileSync(full, '');
    const batch = JSON.stringify([cloudEvent('FULL-1'), cloudEvent('FULL-2')]);
    const headers = { 'Content-Type': 'application/cloudevents-batch+json' };
    const answers = await Promise.all([post(live, { body: batch, headers }), postEvent(live, cloudEvent('FULL-3'))]);
    for (const { status, headers: given } of answers) {
      status.should.equal(503);
      given.get('retry-after')!.should.equal('5');
      given.get('content-type')!.should.equal('application/problem+json');
    }
    await live.says(/The disk is full/);
    rmSync(full);
    let taken: Awaited<ReturnType<typeof post>>;
    await live.until(async () => (taken = await post(live!, { body: batch, headers })).status === 202, 'the store is tried again', 30);
    taken!.body.should.deepEqual({ accepted: 2, duplicates: 0 });
    (await postEvent(live, cloudEvent('FULL-3'))).body.should.deepEqual({ accepted: 1, duplicates: 0 });
    for (const id of ['FULL-1', 'FULL-2', 'FULL-3']) (await live.ended(id)).status.should.equal('done');
  });

  it('is not acknowledged while another process has the store', async () => {
    const store = join(folder, 'store.sqlite');
    const holder = new DatabaseSync(store);
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; CREATE TABLE held (a); COMMIT');
    live = await LiveNodeRed.start({ environment: { ...environment, PSCONNECT_STORE: store } });
    await live.call('/flows', { method: 'POST', body: flow() });
    await live.until(async () => (await postEvent(live!, cloudEvent('HELD-1'))).status === 503, 'it says so');
    await live.says(/in use by another Node-RED/);
    holder.close();
    await live.until(async () => (await postEvent(live!, cloudEvent('HELD-1'))).status === 202, 'the store is opened', 30);
    (await live.ended('HELD-1')).status.should.equal('done');
  });

  it('is not acknowledged while the shared store cannot be reached', async () => {
    live = await LiveNodeRed.start({ environment: { ...environment, PSCONNECT_STORE: 'postgres://nobody@127.0.0.1:1/nothing' } });
    await live.call('/flows', { method: 'POST', body: flow() });
    await live.until(async () => (await postEvent(live!, cloudEvent('AWAY-1'))).status === 503, 'it says so');
    live.alive.should.equal(true);
  });

  it('is asked to come later while too many runs are open, and taken when they are through', async () => {
    live = await LiveNodeRed.start({ environment: { ...environment, PSCONNECT_MAXBACKLOG: '5' } });
    const held = func('hold', 'if (global.get("go")) return msg; setTimeout(() => { node.send(msg); node.done(); }, 60000);', [['sink']]);
    await live.deploy([tab(), policy(), { ...eventIn(), wires: [['hold']] }, held, sink()]);
    let n = 0;
    await live.until(async () => (await postEvent(live!, cloudEvent(`MANY-${n++}`))).status === 429, 'it is full', 30);
    n.should.be.aboveOrEqual(5);
    const answer = await postEvent(live, cloudEvent('MANY-LAST'));
    answer.headers.get('retry-after')!.should.equal('5');
    const [source] = (await live.get<{ sources: { backlog?: boolean }[] }>('/overview')).sources;
    source!.backlog!.should.equal(true);
    await live.deploy([tab(), policy(), { ...eventIn(), wires: [['sink']] }, sink()]);
    await live.until(async () => (await postEvent(live!, cloudEvent('MANY-LAST'))).status === 202, 'it is taken', 30);
  });

  it('keeps its signature and its limit behind what others put in front of all HTTP nodes', async () => {
    live = await LiveNodeRed.start({
      environment,
      settings: `httpNodeAuth: { user: 'tool', pass: require(${JSON.stringify(bcrypt)}).hashSync('pass', 4) },
        httpNodeMiddleware: [(req, res, next) => { res.setHeader('X-Seen', 'yes'); setTimeout(next, 5); },
          [async (req, res, next) => { if (req.headers['x-block']) { res.statusCode = 418; return res.end('blocked'); } next(); },
           (req, res, next) => { if (req.headers['x-read']) { req.on('data', () => 0).on('end', () => next()); } else next(); }]],`,
    });
    await live.deploy(flow());
    const authorization = { Authorization: `Basic ${Buffer.from('tool:pass').toString('base64')}` };
    (await postEvent(live, cloudEvent('FRONT-1'))).status.should.equal(401);
    const answer = await postEvent(live, cloudEvent('FRONT-1'), { headers: authorization });
    answer.status.should.equal(202);
    answer.headers.get('x-seen')!.should.equal('yes');
    (await postEvent(live, cloudEvent('FRONT-2'), { headers: { ...authorization, 'x-block': '1' } })).status.should.equal(418);
    // the middleware reads the body itself: the signature is checked over what flowed by
    (await postEvent(live, cloudEvent('FRONT-3'), { headers: { ...authorization, 'x-read': '1' } })).status.should.equal(202);
    (await postEvent(live, cloudEvent('FRONT-4'), { headers: { ...authorization, 'x-read': '1', 'webhook-id': 'x' } })).status.should.equal(
      401,
    );
    should(await live.run('FRONT-2')).equal(undefined);
  });
});
