import 'should';
import { type Permission, permissions } from '../../runtime/admin-api/permissions.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import { type Answered, askedAs } from './asked-as.ts';
import { LiveNodeRed } from './live-node-red.ts';

const base = '/ps-connect/api/v1';

/** What each route needs. A new route needs a row: somebody has to decide who may. */
const needs: Record<string, 'read' | 'replay' | 'edit' | 'approve' | 'configure' | 'map'> = {
  'get /openapi.json': 'read',
  'get /runs': 'read',
  'get /runs/:id': 'read',
  'get /dead-letters': 'read',
  'get /dead-letters/:id': 'read',
  'get /effects': 'read',
  'get /approvals': 'read',
  'get /overview': 'read',
  'get /kpis': 'read',
  'get /board': 'read',
  'get /exports/runs': 'read',
  'get /exports/dead-letters': 'read',
  'get /exports/board': 'read',
  'get /exports/kpis': 'read',
  'get /connections': 'read',
  'get /reconciliations': 'read',
  'get /reconciliations/:id/breaks': 'read',
  'get /breaks': 'read',
  'get /journal': 'read',
  'get /journal/verification': 'read',
  'get /journal/export': 'edit',
  'get /nodes/:id/last-input': 'edit',
  'post /runs/:id/cancel': 'replay',
  'post /runs/:id/wake': 'replay',
  'post /dead-letters/:id/replay': 'replay',
  'post /dead-letters/:id/discard': 'replay',
  'post /dead-letters/:id/compensate': 'replay',
  'post /replays': 'replay',
  'get /saved-filters': 'read',
  'post /saved-filters': 'replay',
  'post /saved-filters/:id/rename': 'replay',
  'post /saved-filters/:id/delete': 'replay',
  'post /effects/:key/settle': 'edit',
  'post /preview': 'edit',
  'post /approvals/:id/approve': 'approve',
  'post /approvals/:id/reject': 'approve',
  'post /connections/test': 'configure',
  'post /journal/anchor': 'configure',
  'get /crosswalk': 'read',
  'get /crosswalk/rows': 'read',
  'get /crosswalk/rows/:id/history': 'read',
  'get /crosswalk/unmapped': 'read',
  'get /crosswalk/csv': 'read',
  'post /crosswalk/changes': 'map',
  'post /crosswalk/csv': 'map',
  'get /business-apis/document': 'read',
  'get /business-events/document': 'read',
  'get /api-keys': 'configure',
  'post /api-keys': 'configure',
  'post /api-keys/:id/revoke': 'configure',
};

/** Who may what, by what stands in `permissions` of a user. */
const people: Record<string, { scope: unknown; may: string[] }> = {
  none: { scope: [], may: [] },
  flows: { scope: ['flows.read', 'flows.write'], may: [] },
  read: { scope: 'ps-connect.read', may: ['read'] },
  replay: { scope: ['ps-connect.replay'], may: ['replay'] },
  edit: { scope: 'ps-connect.edit', may: ['edit'] },
  approve: { scope: ['ps-connect.approve'], may: ['approve'] },
  configure: { scope: ['ps-connect.configure'], may: ['configure'] },
  map: { scope: ['ps-connect.map'], may: ['map'] },
  oldWriter: { scope: 'ps-connect.write', may: ['replay', 'edit', 'approve', 'configure', 'map'] },
  allReads: { scope: ['read'], may: ['read'] },
  allWrites: { scope: '*.write', may: ['replay', 'edit', 'approve', 'configure', 'map'] },
  all: { scope: '*', may: ['read', 'replay', 'edit', 'approve', 'configure', 'map'] },
};

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** The ways in which one is asked: what is sent, and whether it gets to the question of permission. */
const ways: {
  name: string;
  headers(host: string): Record<string, string>;
  only?: 'post';
  open: number | 'in';
  withUsers: number | 'in';
}[] = [
  { name: 'a script', headers: () => json, open: 'in', withUsers: 'in' },
  {
    name: 'our page, modern browser',
    headers: (host) => ({ ...json, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' }),
    open: 'in',
    withUsers: 'in',
  },
  { name: 'our page, no fetch metadata', headers: (host) => ({ ...json, Origin: `http://${host}` }), open: 'in', withUsers: 'in' },
  { name: 'our page behind TLS', headers: (host) => ({ ...json, Origin: `https://${host}` }), open: 'in', withUsers: 'in' },
  {
    name: 'our page by the name of a proxy',
    headers: () => ({ ...json, Origin: 'https://nodered.firm.example' }),
    open: 'in',
    withUsers: 'in',
  },
  { name: 'somebody who typed the address', headers: () => ({ ...json, 'Sec-Fetch-Site': 'none' }), open: 'in', withUsers: 'in' },
  {
    name: 'another site',
    headers: () => ({ ...json, Origin: 'https://attacker.example', 'Sec-Fetch-Site': 'cross-site' }),
    open: 403,
    withUsers: 403,
  },
  {
    name: 'another site without fetch metadata',
    headers: () => ({ ...json, Origin: 'https://attacker.example' }),
    open: 403,
    withUsers: 403,
  },
  {
    name: 'an image on another site',
    headers: () => ({ ...json, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }),
    open: 403,
    withUsers: 403,
  },
  {
    name: 'another port of this machine',
    headers: () => ({ ...json, Origin: 'http://127.0.0.1:3000', 'Sec-Fetch-Site': 'same-site' }),
    open: 403,
    withUsers: 403,
  },
  { name: 'a page without an origin', headers: () => ({ ...json, Origin: 'null' }), open: 403, withUsers: 403 },
  {
    name: 'a form of another site',
    headers: () => ({ ...form, Origin: 'https://attacker.example', 'Sec-Fetch-Site': 'cross-site' }),
    only: 'post',
    open: 403,
    withUsers: 403,
  },
  { name: 'a form', headers: () => form, only: 'post', open: 415, withUsers: 415 },
  {
    name: 'a form that says it is text',
    headers: () => ({ 'Content-Type': 'text/plain; application/json' }),
    only: 'post',
    open: 415,
    withUsers: 415,
  },
  { name: 'a request that says nothing of its body', headers: () => ({}), only: 'post', open: 415, withUsers: 415 },
  {
    name: 'a name that leads here (DNS rebinding)',
    headers: () => ({ ...json, Host: 'attacker.example:1880', Origin: 'http://attacker.example:1880' }),
    open: 403,
    withUsers: 'in',
  },
];

describe('Who may do what by which way', function () {
  this.timeout(120_000);
  const tables = Object.entries(needs).map(([route, permission]) => {
    const [method, path] = route.split(' ') as ['get' | 'post', string];
    return { route, method, path: path.replace(/:\w+/, 'nobody'), permission };
  });
  const ask = (live: LiveNodeRed, { method, path }: { method: string; path: string }, headers: Record<string, string>): Promise<Answered> =>
    askedAs(`${live.editor}${base}${path}`, {
      method: method.toUpperCase(),
      headers,
      ...(method === 'get' ? {} : { body: path === '/replays' ? '{"runs":[]}' : '{}' }),
    });
  const wrong: string[] = [];
  const check = (what: string, { status, headers }: Answered, expected: number | 'in') => {
    const right = expected === 'in' ? status < 500 && ![401, 403, 415].includes(status) : status === expected;
    if (!right) wrong.push(`${what}: ${status} in place of ${expected}`);
    if (headers['cache-control'] !== 'no-store' || headers['x-content-type-options'] !== 'nosniff')
      wrong.push(`${what}: may be kept or sniffed`);
  };
  beforeEach(() => wrong.splice(0));

  it('has a row for every route, and the route says the same', () => {
    const served = [
      ...routes.map(({ method, path, permission }) => [`${method} ${path}`, permission] as const),
      ['get /openapi.json', 'ps-connect.read'] as const,
    ];
    Object.fromEntries(served).should.deepEqual(
      Object.fromEntries(Object.entries(needs).map(([route, need]) => [route, `ps-connect.${need}`])),
    );
  });

  describe('of a Node-RED without users', () => {
    let live: LiveNodeRed;
    before(async () => {
      live = await LiveNodeRed.start({ settings: `psConnect: { hosts: ['nodered.firm.example'] }` });
    });
    after(() => live?.end());

    for (const way of ways) {
      it(`${way.name}: ${way.open === 'in' ? 'everything' : `nothing (${way.open})`}`, async () => {
        for (const row of tables) {
          if (way.only && way.only !== row.method) continue;
          check(row.route, await ask(live, row, way.headers(live.editor.slice(7))), way.open);
        }
        wrong.should.deepEqual([]);
      });
    }
  });

  describe('of a Node-RED with users', () => {
    let live: LiveNodeRed;
    before(async () => {
      const scopes = JSON.stringify(Object.fromEntries(Object.entries(people).map(([name, { scope }]) => [name, scope])));
      live = await LiveNodeRed.start({
        settings: `psConnect: { hosts: ['nodered.firm.example'] }, adminAuth: { type: 'credentials', users: [],
          tokens: async (token) => (token in ${scopes} ? { username: token, permissions: (${scopes})[token] } : null) }`,
      });
    });
    after(() => live?.end());

    for (const way of ways) {
      it(`${way.name}: ${way.withUsers === 'in' ? 'what they may' : `nothing (${way.withUsers})`}`, async () => {
        for (const row of tables) {
          if (way.only && way.only !== row.method) continue;
          const headers = way.headers(live.editor.slice(7));
          check(`nobody ${row.route}`, await ask(live, row, headers), way.withUsers === 'in' ? 401 : way.withUsers);
          for (const [name, { may }] of Object.entries(people)) {
            const expected = way.withUsers !== 'in' ? way.withUsers : may.includes(row.permission) ? 'in' : 403;
            check(`${name} ${row.route}`, await ask(live, row, { ...headers, Authorization: `Bearer ${name}` }), expected);
          }
        }
        wrong.should.deepEqual([]);
      });
    }

    it('tells each what they may', async () => {
      for (const name of ['read', 'allReads', 'all']) {
        const { text } = await ask(live, { method: 'get', path: '/overview' }, { Authorization: `Bearer ${name}` });
        const { signedInAs: user, may } = JSON.parse(text) as { signedInAs: string; may: Permission[] };
        user.should.equal(name);
        may.should.deepEqual(permissions.filter((permission) => people[name]!.may.includes(permission.slice('ps-connect.'.length))));
      }
    });

    it('lets data be changed only by who may edit, also where replaying is allowed', async () => {
      const post = async (who: string, path: string, body: object) =>
        (
          await askedAs(`${live.editor}${base}${path}`, {
            method: 'POST',
            headers: { ...json, Authorization: `Bearer ${who}` },
            body: JSON.stringify(body),
          })
        ).status;
      (await post('replay', '/dead-letters/nobody/replay', {})).should.equal(409);
      (await post('replay', '/dead-letters/nobody/replay', { data: { amount: 1 } })).should.equal(403);
      (await post('replay', '/replays', { runs: [], correction: '$' })).should.equal(403);
      (await post('oldWriter', '/dead-letters/nobody/replay', { data: { amount: 1 } })).should.equal(409);
      (await post('oldWriter', '/replays', { runs: [], correction: '$' })).should.equal(200);
      (await post('edit', '/dead-letters/nobody/replay', { data: { amount: 1 } })).should.equal(403);
    });
  });

  describe('of a Node-RED that lets everybody read', () => {
    let live: LiveNodeRed;
    before(async () => {
      live = await LiveNodeRed.start({
        settings: `adminAuth: { type: 'credentials', users: [], default: () => Promise.resolve({ username: 'guest', permissions: 'read' }),
          tokens: async (token) => (token === 'ana' ? { username: 'ana', permissions: '*' } : null) }`,
      });
    });
    after(() => live?.end());

    it('shows nothing to a page of another site that has its name lead here, signed in by a made-up token or not', async () => {
      for (const row of tables.filter(({ method }) => method === 'get')) {
        const byName = { Host: 'attacker.example' };
        check(row.route, await ask(live, row, byName), 403);
        check(row.route, await ask(live, row, { ...byName, Authorization: 'Bearer made-up' }), 403);
        check(row.route, await ask(live, row, { ...byName, Authorization: 'Bearer ana' }), 'in');
        check(row.route, await ask(live, row, {}), row.permission === 'read' ? 'in' : 403);
      }
      wrong.should.deepEqual([]);
    });
  });
});
