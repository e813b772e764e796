import 'should';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import should from 'should';
import { isOwnHost } from '../../runtime/admin-api/own-host.ts';
import { permissionsIn } from '../../runtime/admin-api/permissions.ts';
import { isSameOrigin } from '../../runtime/admin-api/same-origin.ts';
import { readSettings } from '../../runtime/settings.ts';
import { type Answered, askedAs } from './asked-as.ts';
import { LiveNodeRed } from './live-node-red.ts';

const base = '/ps-connect/api/v1';

describe('The name by which Node-RED is asked', () => {
  const own = (host: string | undefined, hosts: string[] = []) => isOwnHost(host, hosts, 'Erp01.firm.example');

  it('is its own when it is an address, localhost, or the machine’s', () => {
    for (const host of ['127.0.0.1', '10.1.2.3:1880', '[::1]:1880', '[fe80::1]', 'localhost', 'LOCALHOST.:1880', 'flows.localhost:1880']) {
      own(host).should.equal(true, host);
    }
    for (const host of ['erp01', 'ERP01:1880', 'erp01.firm.example', 'erp01.FIRM.example.:1880', 'erp01.local'])
      own(host).should.equal(true, host);
    isOwnHost(hostname(), []).should.equal(true);
  });

  it('is not its own when anybody might own it', () => {
    const hosts = [
      'attacker.example',
      'attacker.example:1880',
      'localhost.attacker.example',
      '127.0.0.1.attacker.example',
      'erp01.attacker.example',
    ];
    const odd = [
      undefined,
      '',
      '.',
      ':1880',
      'localhost:x',
      'localhost, attacker.example',
      'attacker.example@localhost',
      'attacker.example:1880@127.0.0.1',
      '2130706433',
    ];
    for (const host of [...hosts, ...odd, 'notlocalhost', '::1', '[::1', '[attacker.example]', '0x7f.1', '127.1', 'ocalhost'])
      own(host).should.equal(false, String(host));
  });

  it('is its own when the settings list it', () => {
    own('nodered.firm.example', ['nodered.firm.example']).should.equal(true);
    own('NodeRED.firm.example.:8443', ['nodered.firm.example:8443']).should.equal(true);
    own('nodered.firm.example.attacker.example', ['nodered.firm.example']).should.equal(false);
  });

  it('is listed in settings.js or the environment', () => {
    readSettings({ hosts: ['A.example', ' b.example:8443 '] }, '/tmp', {}).hosts.should.deepEqual(['a.example', 'b.example:8443']);
    readSettings({ hosts: ['a.example'] }, '/tmp', { PSCONNECT_HOSTS: 'C.example, d.example,' }).hosts.should.deepEqual([
      'c.example',
      'd.example',
    ]);
    readSettings(undefined, '/tmp', {}).hosts.should.deepEqual([]);
  });
});

describe('The page that asks', () => {
  const same = (headers: object, { encrypted = false, hosts = [] as string[] } = {}) =>
    isSameOrigin({ host: 'erp01:1880', ...headers }, encrypted, hosts);

  it('is one of ours when the browser says so, or when it came from where it asks', () => {
    same({}).should.equal(true);
    same({ 'sec-fetch-site': 'same-origin', origin: 'https://nodered.firm.example' }).should.equal(true);
    same({ origin: 'http://erp01:1880' }).should.equal(true);
    same({ host: 'erp01', origin: 'https://erp01' }).should.equal(true);
    same({ host: 'erp01:443', origin: 'https://erp01' }, { encrypted: true }).should.equal(true);
    same({ host: 'ERP01', origin: 'http://erp01' }).should.equal(true);
    same({ host: '127.0.0.1:1880', origin: 'https://nodered.firm.example' }, { hosts: ['nodered.firm.example'] }).should.equal(true);
  });

  it('is none of ours when it came from elsewhere', () => {
    for (const origin of [
      'null',
      'http://attacker.example',
      'http://erp01',
      'http://erp01:1881',
      'https://erp01:1880.attacker.example',
      'file://erp01:1880',
      '',
      'x',
    ]) {
      same({ origin }).should.equal(false, origin);
    }
    for (const site of ['cross-site', 'same-site', 'anything', 'same-origin, cross-site'])
      same({ 'sec-fetch-site': site }).should.equal(false, site);
    same({ 'sec-fetch-site': 'none', origin: 'http://attacker.example' }).should.equal(false);
    same({ 'sec-fetch-site': 'same-origin', origin: 'null' }).should.equal(false);
    same({ origin: 'http://erp01:1880' }, { encrypted: true }).should.equal(false);
    same({ origin: 'https://nodered.firm.example:8443' }, { hosts: ['nodered.firm.example'] }).should.equal(false);
  });
});

describe('A permission', () => {
  it('is nothing but what the scope says, whatever it looks like', () => {
    for (const scope of [
      undefined,
      null,
      '',
      [],
      {},
      'ps-connect',
      'ps-connect.*',
      '*.replay',
      ['', null, {}],
      'xread',
      'ps-connect.writer',
    ]) {
      permissionsIn(scope).should.deepEqual([]);
    }
    permissionsIn([['ps-connect.approve']]).should.deepEqual(['ps-connect.approve']);
  });
});

describe('The door of the admin API', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({
      adminRoot: '/admin',
      settings: `httpAdminRoot: '/admin', apiMaxLength: '20kb', httpAdminCors: { origin: '*', methods: 'GET,POST' }`,
    });
  });
  after(() => live?.end());

  const at = (path: string) => `${live.editor}/admin${path}`;
  const json = { 'Content-Type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = json) => askedAs(at(`${base}/preview`), { method: 'POST', headers, body });
  const problem = ({ status, headers, text }: Answered) => {
    headers['content-type']!.should.startWith('application/json');
    headers.should.have.properties({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    return { status, message: (JSON.parse(text) as { message: string }).message };
  };

  it('answers what is no JSON, no object, too long or in an unknown code as a JSON problem that repeats nothing of it', async () => {
    problem(await post('{"secret": hunter2')).should.deepEqual({ status: 400, message: 'The body is not valid JSON.' });
    for (const body of ['"text"', '17', 'null', 'true']) problem(await post(body)).status.should.equal(400);
    problem(await post('[]')).should.deepEqual({ status: 400, message: 'The body is not a JSON object.' });
    problem(await askedAs(at(`${base}/runs`), { headers: json, body: '[]' })).should.deepEqual({
      status: 400,
      message: 'The body is not a JSON object.',
    });
    problem(await post(JSON.stringify({ sample: 'x'.repeat(30_000) }))).status.should.equal(413);
    problem(await post('{}', { ...json, 'Content-Encoding': 'x-unknown' })).status.should.equal(415);
    problem(await post('{}', { 'Content-Type': 'application/json; charset=klingon' })).status.should.equal(415);
    problem(await post('{}', { ...json, 'Content-Encoding': 'gzip' })).status.should.equal(400);
  });

  it('replays nothing when a list is sent in place of fields, or a text in place of a list', async () => {
    const replays = (body: string) => askedAs(at(`${base}/replays`), { method: 'POST', headers: json, body });
    problem(await replays('[]')).status.should.equal(400);
    problem(await replays('{"runs": "a"}')).status.should.equal(400);
  });

  it('answers what is not there as a JSON problem', async () => {
    problem(await askedAs(at(`${base}/nothing`))).should.deepEqual({ status: 404, message: `There is no GET /admin${base}/nothing here.` });
    problem(await askedAs(at(`${base}/runs`), { method: 'DELETE', headers: json })).status.should.equal(404);
    problem(await askedAs(at('/ps-connect/api'))).status.should.equal(404);
    problem(await askedAs(at(`${base}/runs/%E0%A4%A`))).status.should.equal(400);
  });

  it('holds however the path is written', async () => {
    const evil = { ...json, Origin: 'https://attacker.example' };
    for (const path of ['/PS-Connect/API/v1/replays', `${base}/replays/`, `${base}/replays?access_token=x`]) {
      problem(await askedAs(at(path), { method: 'POST', headers: evil, body: '{}' })).status.should.equal(403, path);
    }
    for (const path of [
      `/${base}/replays`,
      '/ps%2Dconnect/api/v1/replays',
      '/ps-connect//api/v1/replays',
      '/x/../ps-connect/api/v1/replays',
    ]) {
      (await askedAs(at(path), { method: 'POST', headers: evil, body: '{}' })).status.should.not.equal(200, path);
    }
  });

  it('stays shut to other sites where Node-RED’s own API is open to them', async () => {
    const evil = { Origin: 'https://attacker.example', 'Sec-Fetch-Site': 'cross-site' };
    const asked = await askedAs(at(`${base}/replays`), {
      method: 'OPTIONS',
      headers: { ...evil, 'Access-Control-Request-Method': 'POST' },
    });
    should(asked.headers['access-control-allow-origin']).equal('*'); // Node-RED’s answer: the browser goes on and asks
    problem(await askedAs(at(`${base}/replays`), { method: 'POST', headers: { ...json, ...evil }, body: '{}' })).status.should.equal(403);
    problem(await askedAs(at(`${base}/overview`), { headers: { Origin: 'https://attacker.example' } })).status.should.equal(403);
  });

  it('says what to do about a name that it does not know, and repeats no markup', async () => {
    const { message } = problem(await askedAs(at(`${base}/overview`), { headers: { Host: 'nodered.firm.example:1880' } }));
    message.should
      .containEql(`psConnect: { hosts: ['nodered.firm.example:1880'] }`)
      .and.containEql('PSCONNECT_HOSTS')
      .and.containEql('adminAuth');
    problem(await askedAs(at(`${base}/overview`), { headers: { Host: '<b>x' } })).message.should.not.containEql('<');
    problem(await post('{}', { ...json, Origin: 'https://nodered.firm.example' })).message.should.containEql('hosts');
  });

  it('lets other sites lead to the console, and use nothing of it', async () => {
    const site = { 'Sec-Fetch-Site': 'cross-site' };
    (
      await askedAs(at('/ps-connect/'), { headers: { ...site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' } })
    ).status.should.equal(200);
    (
      await askedAs(at('/ps-connect/'), { headers: { ...site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' } })
    ).status.should.equal(403);
    (await askedAs(at('/ps-connect/page.js'), { headers: { ...site, 'Sec-Fetch-Mode': 'no-cors' } })).status.should.equal(403);
    (await askedAs(at('/ps-connect/page.js'), { headers: { 'Sec-Fetch-Site': 'same-origin' } })).status.should.equal(200);
  });

  it('sends the files of the console compressed, and lets a browser keep what is asked for by its content', async () => {
    const page = await askedAs(at('/ps-connect/'), {});
    page.headers['cache-control']!.should.equal('no-cache');
    for (const [file, type] of [
      ['page.js', /javascript/],
      ['page.css', /css/],
      ['words/de.json', /json/],
    ] as const) {
      const address = at(`/ps-connect/${new RegExp(`"(${file}\\?v=[0-9a-f]{16})"`).exec(page.text)![1]!}`);
      for (const accepted of ['gzip', 'gzip, deflate, br, zstd']) {
        const { status, headers } = await askedAs(address, { headers: { 'Accept-Encoding': accepted } });
        status.should.equal(200);
        headers['content-encoding']!.should.equal('gzip');
        headers['content-type']!.should.match(type);
        headers['cache-control']!.should.match(/max-age=31536000, immutable/);
        headers['vary']!.should.match(/Accept-Encoding/i);
        (await askedAs(address, { headers: { 'Accept-Encoding': accepted, 'If-None-Match': headers['etag']! } })).status.should.equal(304);
      }
      const plain = await askedAs(at(`/ps-connect/${file}`), { headers: { 'Accept-Encoding': 'identity' } });
      (plain.headers['content-encoding'] ?? 'none').should.equal('none');
      plain.headers['cache-control']!.should.equal('no-cache');
      // another content than was asked for is kept by nobody
      (await askedAs(at(`/ps-connect/${file}?v=0000000000000000`), {})).headers['cache-control']!.should.equal('no-cache');
    }
  });

  it('sends the editor its sidebar as a script of its own, which shares with the page what both need', async () => {
    const html = readFileSync(new URL('../../dist/ps-connect.html', import.meta.url), 'utf8');
    const sidebar = await askedAs(at(`/${/ps-connect\/sidebar\.js\?v=[0-9a-f]{16}/.exec(html)![0]}`), {});
    sidebar.headers['cache-control']!.should.match(/immutable/);
    const page = await askedAs(at('/ps-connect/page.js'), {});
    const [, shared] = /"\.\/(shared-[A-Z0-9]+\.js)"/.exec(page.text)!;
    sidebar.text.should.containEql(shared!);
    const both = await askedAs(at(`/ps-connect/${shared}`), {});
    both.headers['cache-control']!.should.match(/immutable/);
    both.text.length.should.be.above(page.text.length + sidebar.text.length);
  });
});
