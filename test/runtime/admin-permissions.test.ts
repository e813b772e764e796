import 'should';
import { createRequire } from 'node:module';
import { routes } from '../../runtime/admin-api/routes.ts';
import { entry, func, policy, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const base = '/ps-connect/api/v1';

describe('The admin API of a Node-RED with users', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  const tokens: Record<'admin' | 'reader', string> = { admin: '', reader: '' };
  let dead = '';

  before(async () => {
    const bcrypt = JSON.stringify(createRequire(import.meta.url).resolve('bcryptjs'));
    live = await LiveNodeRed.start({
      settings: `adminAuth: { type: 'credentials', users: [
        { username: 'ana', password: require(${bcrypt}).hashSync('secret', 4), permissions: '*' },
        { username: 'rita', password: require(${bcrypt}).hashSync('secret', 4), permissions: 'read' } ] }`,
    });
    tokens.admin = await signIn('ana', '*');
    tokens.reader = await signIn('rita', 'read');
    as('admin');
    await live.deploy([tab(), policy(), entry('bad'), func('bad', 'throw new Error("no");', [[]])]);
    live.receive('entry', {
      payload: { id: 'DEAL-1', name: 'ERP renewal', projectManager: { name: 'Jana Weiss', email: 'jana.weiss@firm.example' } },
    });
    dead = (await live.ended('DEAL-1')).id;
  });
  after(() => live?.end());

  const signIn = async (username: string, scope: string) => {
    const body = { client_id: 'node-red-admin', grant_type: 'password', scope, username, password: 'secret' };
    const response = await live.call('/auth/token', { method: 'POST', body });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const as = (who: 'admin' | 'reader' | 'nobody') => {
    live.token = who === 'nobody' ? undefined : tokens[who];
  };
  const ask = (method: string, path: string, body: unknown = {}) =>
    live.call(`${base}${path.replace(':id', dead)}`, { method: method.toUpperCase(), ...(method === 'get' ? {} : { body }) });

  it('answers nobody who is not signed in', async () => {
    as('nobody');
    for (const { method, path } of [...routes, { method: 'get', path: '/openapi.json' }]) {
      (await ask(method, path)).status.should.equal(401, `${method} ${path}`);
    }
  });

  it('lets a reader find a run by what is shown of it or by the whole of its business id, and guess nothing of what is masked', async () => {
    const id = 'zenobia.quill@firm.example';
    const runOf = (subject: string) => live.receive('entry', { payload: { id: subject } });
    as('admin');
    runOf('open-zen-1');
    for (let n = 0; n < 3; n++) runOf(id.replace('quill', `quill${n}`));
    runOf(id);
    await live.until(async () => (await live.get<object[]>('/dead-letters?search=zen')).length === 5, 'the runs end');
    const found = async (search: string, limit = 50) =>
      (await live.get<{ event: { subject: string } }[]>(`/runs?search=${encodeURIComponent(search)}&limit=${limit}`)).map(
        ({ event }) => event.subject,
      );
    (await found('zen')).should.have.length(5);
    as('reader');
    for (const part of ['z', 'zenobia', 'quill@', 'enobia.quill@firm', 'ZENOBIA']) {
      const subjects = await found(part);
      subjects.filter((subject) => subject.includes('@')).should.deepEqual([], part);
    }
    (await found('zen')).should.deepEqual(['open-zen-1']);
    (await found('zen', 1)).should.deepEqual(['open-zen-1']); // those that are left out leave no gap
    (await found(id)).should.deepEqual(['•••@firm.example']);
    (await found('@firm.example')).should.have.length(4);
    (await live.get<object[]>('/dead-letters?search=quill')).should.deepEqual([]);
    as('admin');
  });

  it('lets a reader read, and do nothing else', async () => {
    as('reader');
    for (const { method, path, permission } of routes) {
      const { status } = await ask(method, path);
      if (permission === 'ps-connect.read')
        status.should.equal(/^\/(reconciliations|crosswalk\/rows)\/:id/.test(path) ? 404 : 200, `${method} ${path}`); // none was made
      else status.should.equal(403, `${method} ${path}`);
    }
    as('admin');
    (await live.run('DEAL-1'))!.status.should.equal('dead');
  });

  it('lets nobody change anything who may only look', () => {
    for (const { method, path, permission } of routes) {
      if (method !== 'get') permission.should.not.equal('ps-connect.read', `${method} ${path}`);
    }
  });

  it('masks personal data wherever a reader may look', async () => {
    as('reader');
    const run = await (await ask('get', '/runs/:id')).text();
    run.should.match(/ERP renewal/);
    for (const { method, path, permission } of routes) {
      if (method !== 'get' || permission !== 'ps-connect.read') continue;
      const text = await (await ask(method, path)).text();
      text.includes('jana.weiss@firm.example').should.equal(false, path);
    }
  });

  it('shows the event whole to whoever may edit and replay it, and puts down who did', async () => {
    as('admin');
    (await (await ask('get', '/dead-letters/:id')).text()).should.match(/jana\.weiss@firm\.example/);
    (await ask('post', '/dead-letters/:id/discard', { reason: 'test deal' })).status.should.equal(200);
    (await ask('post', '/dead-letters/:id/discard', { reason: 'again' })).status.should.equal(409);
    const lines = await live.get<{ actor: string; action: string; detail: object }[]>(`/journal?subject=${dead}`);
    lines.at(-1)!.should.have.properties({ actor: 'ana', action: 'run.discarded', detail: { reason: 'test deal' } });
  });

  it('says in words what is wrong with a request', async () => {
    as('admin');
    const response = await live.call(`${base}/runs/nobody`);
    response.status.should.equal(404);
    ((await response.json()) as { message: string }).message.should.equal('There is no such run.');
  });
});
