import should from 'should';
import { Validator } from '@seriousme/openapi-schema-validator';
import { checkedBody, checkedParameters } from '../../runtime/admin-api/checked-request.ts';
import { openApi } from '../../runtime/admin-api/openapi.ts';
import { ApiProblem, type Call, type Route, type RouteName } from '../../runtime/admin-api/route.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import { namedSchemas } from '../../runtime/admin-api/schemas/named-schemas.ts';
import { redact } from '../../model/redact.ts';
import { mustBeAsDescribed } from './answer-as-described.ts';

const named = (name: RouteName): Route => routes.find(({ method, path }) => `${method.toUpperCase()} ${path}` === name)!;

/** What of a route has no schema. */
function undescribed({ path, parameters = {}, answer, method, body, query }: Route): string[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  return [
    ...inPath.filter((name) => !parameters[name]?.['description']),
    ...Object.keys(parameters).filter((name) => !inPath.includes(name)),
    ...Object.entries({ ...query?.properties, ...body?.properties }).flatMap(([name, field]) => (field['description'] ? [] : [name])),
    ...(Object.keys(answer ?? {}).some((keyword) => keyword !== 'description') ? [] : ['answer']),
    ...(method === 'post' && !body ? ['body'] : []),
  ];
}

describe('The schemas of the admin API', () => {
  it('describe of every route what it takes and what it answers', () => {
    const without = routes.flatMap((route) => undescribed(route).map((what) => `${route.method} ${route.path}: ${what}`));
    should(without).deepEqual([]);
  });

  it('find a route that describes nothing', () => {
    const { handle, permission, summary } = routes[0]!;
    const bare = { method: 'post', path: '/runs/:id/forget', permission, summary, handle } as unknown as Route;
    undescribed(bare).should.deepEqual(['id', 'answer', 'body']);
  });

  it('have no name that nothing speaks of, and speak of none that there is not', () => {
    const spokenOf = new Set([...JSON.stringify(openApi(routes)).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name));
    should([...spokenOf].sort()).deepEqual(Object.keys(namedSchemas).sort());
  });

  it('are a valid OpenAPI document', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApi(routes)));
    should(errors).equal(undefined);
    valid.should.be.true();
  });
});

describe('An answer of the admin API', () => {
  it('is as described of a run with more data than is shown', async () => {
    const event = {
      id: 'e',
      source: 's',
      type: 't',
      subject: 'ENG-1',
      time: '',
      key: 'k',
      data: Array.from({ length: 60_000 }, () => 'x'),
    };
    const run = {
      ...{ event, id: 'r', seq: 1, entry: 'in', flow: 'f', status: 'dead', attempts: 1, crashes: 0, token: 1, availableAt: 0 },
      ...{ revision: '', severity: 'normal', createdAt: 0, updatedAt: 0 },
    };
    const line = { seq: 1, at: '', actor: 'a', action: 'run.dead', subject: 'r', detail: {}, previous: '', hash: '' };
    const store = { run: async () => run, effects: async () => [], failedAttempts: async () => [], journal: async () => [line] };
    const pack = { engine: { store, active: new Map() }, RED: { nodes: { getNode: () => undefined } } };
    const told = redact(await named('GET /runs/:id').handle({ pack, parameters: { id: 'r' } } as unknown as Call)) as {
      journal: unknown[];
    };
    mustBeAsDescribed('GET', '/ps-connect/api/v1/runs/r', 200, JSON.stringify(told));
    told.journal.should.have.length(1);
  });
});

describe('A request to the admin API', () => {
  const refusal = (ask: () => unknown): string => {
    try {
      ask();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 400) return error.message;
      throw error;
    }
    throw new Error('it was let in');
  };
  const query = (name: RouteName, given: Record<string, unknown>) => checkedParameters(named(name), {}, given);

  it('is given what its query leaves out, and of too many the most', () => {
    query('GET /runs', {}).should.deepEqual({ limit: 50 });
    query('GET /runs', { limit: '1000', search: '', access_token: 'x' }).should.deepEqual({ limit: 500 });
    query('GET /approvals', { run: 'r' }).should.deepEqual({ status: 'open', run: 'r', limit: 100 });
    query('GET /runs', { status: 'done,dead', before: '7' }).should.deepEqual({ status: 'done,dead', before: 7, limit: 50 });
  });

  const odd: [RouteName, Record<string, unknown>, RegExp][] = [
    ['GET /runs', { limit: 'many' }, /^limit is a whole number from 1 to 500\.$/],
    ['GET /runs', { before: '-1' }, /^before is a whole number\.$/],
    ['GET /runs', { status: 'gone' }, /^status is one or more of ready, running, waiting, done, dead, cancelled, with commas\.$/],
    ['GET /runs', { status: ['done', 'dead'] }, /^status is given more than once, or as a list\. Give it once, as text\.$/],
    ['GET /approvals', { status: 'maybe' }, /^status is one of open, approved, rejected, expired, all\.$/],
  ];
  for (const [name, given, words] of odd) {
    it(`is told which word of the query is wrong: ${name} ${JSON.stringify(given)}`, () =>
      refusal(() => query(name, given)).should.match(words));
  }

  const bodies: [RouteName, Record<string, unknown>, RegExp][] = [
    ['POST /replays', { runs: null }, /^runs is a list of ids\. Nothing was changed\.$/],
    ['POST /replays', { runs: ['a', 5] }, /^runs is a list of ids\./],
    ['POST /replays', { runs: Array.from({ length: 10_001 }, String) }, /^runs is 10000 ids at most\./],
    ['POST /replays', { search: 5 }, /^search is text\./],
    ['POST /replays', { run: [] }, /^The body has run, which this request does not know\. Fields that it takes: runs, flow, search, /],
    ['POST /replays', { perMinute: [] }, /^perMinute is a number from 0\.01 to 100,000, or 0 for all at once\./],
    ['POST /replays', { correction: 1 }, /^correction is a JSONata expression\./],
    ['POST /runs/:id/cancel', { reason: 7 }, /^reason is text\./],
    ['POST /runs/:id/cancel', { reason: 'x'.repeat(4_001) }, /^reason is longer than 4000 characters\. Give a short one\./],
    ['POST /runs/:id/cancel', { reason: 'a\u0000b' }, /^reason has a character that no text may have\./],
    ['POST /runs/:id/cancel', { reason: '\ud800' }, /^reason has a character that no text may have\./],
    ['POST /effects/:key/settle', {}, /^outcome is "made" or "not-made"\./],
    ['POST /effects/:key/settle', { outcome: 'perhaps' }, /^outcome is "made" or "not-made"\./],
    ['POST /connections/test', { config: [] }, /^config is an object of fields\./],
    ['POST /journal/anchor', {}, /^Say why the journal is another than before: give a reason\./],
    ['POST /journal/anchor', { reason: ' \n' }, /^Say why the journal is another than before: give a reason\./],
  ];
  for (const [name, body, words] of bodies) {
    it(`is told which field of the body is wrong: ${name} ${JSON.stringify(body).slice(0, 60)}`, () =>
      refusal(() => checkedBody(named(name), body)).should.match(words));
  }

  it('may leave a field empty that need not be given', () => {
    for (const [name, body] of [
      ['POST /runs/:id/wake', { reason: null }],
      ['POST /replays', { reason: '', perMinute: '', correction: '' }],
      ['POST /replays', { perMinute: '60', runs: [] }],
      ['POST /connections/test', { config: null, type: 'x' }],
      ['POST /dead-letters/:id/replay', { data: null }],
    ] as const) {
      checkedBody(named(name), body).should.equal(body);
    }
  });
});
