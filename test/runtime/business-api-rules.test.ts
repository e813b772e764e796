import 'should';
import should from 'should';
import { apiPath } from '../../declarations/api-path.ts';
import { queryParameters } from '../../declarations/query-parameters.ts';
import type { ApiKey } from '../../engine/store/api-keys.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Run } from '../../engine/store/runs.ts';
import { Failure, failureClasses, type FailureClass } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { ownContract } from '../../model/own-contract.ts';
import { idempotencyKeyIn } from '../../runtime/business-api/api-call.ts';
import { KnownApiKeys, newApiKey } from '../../runtime/business-api/api-key.ts';
import { apiLifetime } from '../../runtime/business-api/api-lifetime.ts';
import { failureProblem, pointerOf, problemAnswer } from '../../runtime/business-api/api-problem.ts';
import { contractOf } from '../../runtime/business-api/contract-of.ts';
import { answering, outcomeOf } from '../../runtime/business-api/kept-answer.ts';
import { languageFor } from '../../runtime/business-api/languages.ts';
import { RateLimit } from '../../runtime/business-api/rate-limit.ts';
import { checkedClaims, KeySet, publicKey } from '../../runtime/business-api/token-check.ts';
import { ManualClock } from '../engine/manual-clock.ts';
import { Issuer } from './business-api-calls.ts';

describe('The path of an API', () => {
  it('has names and parameters, and nothing that a client would take for something else', () => {
    should(apiPath('/projects/{code}/status/')).deepEqual([{ name: 'projects' }, { parameter: 'code' }, { name: 'status' }]);
    for (const odd of ['', '/', 'a//b', '.', '../x', 'a/..', 'a b', 'a%2fb', '{a}/{a}', '{}', '{a b}', 'a{b}', 'a?b', 'ä', 'x'.repeat(201)])
      should(apiPath(odd)).equal(undefined, odd);
  });

  it('has a query whose parameters are named with their kind', () => {
    should(queryParameters('start:date, role?, most?:integer,')).deepEqual([
      { name: 'start', kind: 'date', required: true },
      { name: 'role', kind: 'text', required: false },
      { name: 'most', kind: 'integer', required: false },
    ]);
    should(queryParameters('')).deepEqual([]);
    for (const odd of ['a b', 'a:money', 'a, a', '?', 'a??', '__proto__']) should(queryParameters(odd)).equal(undefined, odd);
  });
});

describe('How much a consumer may call', () => {
  it('is full at first, and comes back evenly', () => {
    const rate = new RateLimit(60);
    for (let n = 0; n < 60; n++) rate.take('a', 0).may.should.equal(true);
    should(rate.take('a', 0)).deepEqual({ may: false, remaining: 0, seconds: 1 });
    rate.take('a', 999).may.should.equal(false);
    rate.take('a', 1_000).may.should.equal(true);
    rate.take('b', 1_000).may.should.equal(true);
    should(rate.take('a', 10_000_000)).match({ may: true, remaining: 59 });
  });

  it('is no more and no less when the clock is put back', () => {
    const rate = new RateLimit(1);
    rate.take('a', 1_000_000).may.should.equal(true);
    rate.take('a', 0).may.should.equal(false);
    rate.take('a', 60_000).may.should.equal(true);
  });

  it('is told apart for ten thousand consumers, however many come', () => {
    const rate = new RateLimit(1);
    for (let n = 0; n < 20_000; n++) rate.take(`c${n}`, 0);
    (rate as unknown as { buckets: Map<string, unknown> }).buckets.size.should.equal(10_000);
  });
});

describe('The life of a version', () => {
  it('ends after its last day, and says so in the headers of the standards', () => {
    const { headers, endsAt } = apiLifetime({ deprecated: '2026-01-01', lastDay: '2026-12-31', successor: 'https://api.example.com/v2' });
    should(headers).deepEqual({
      Deprecation: `@${Date.UTC(2026, 0, 1) / 1_000}`,
      Sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
      Link: '<https://api.example.com/v2>; rel="successor-version"',
    });
    should(endsAt).equal(Date.UTC(2027, 0, 1));
    should(apiLifetime({ deprecated: '', lastDay: '', successor: '' })).match({ headers: {}, endsAt: Infinity });
  });

  it('is refused where it contradicts itself, or would put something else into a header', () => {
    const given = { deprecated: '', lastDay: '', successor: '' };
    for (const [wrong, field] of [
      [{ deprecated: '2026-02-30' }, 'deprecated'],
      [{ deprecated: '2026-05-01', lastDay: '2026-04-30' }, 'lastDay'],
      [{ successor: '/a>; rel="x", </b' }, 'successor'],
      [{ successor: '/a\r\nX: y' }, 'successor'],
      [{ successor: 'javascript:x' }, 'successor'],
    ] as const)
      should(() => apiLifetime({ ...given, ...wrong })).throw({ field });
  });
});

describe('What is wrong with a call', () => {
  it('is pointed at as a JSON pointer', () => {
    ['', 'minutes', 'lines[0].hours', '[3].a', 'a~b/c']
      .map(pointerOf)
      .should.deepEqual(['#', '#/minutes', '#/lines/0/hours', '#/3/a', '#/a~0b~1c']);
  });

  it('is told of a list with the place in it, and not to the end of it', () => {
    const list = contractOf('own', '{"type":"object","required":["id"]}', true, 'contractSchema')!;
    should(list.issues([{ id: 1 }, {}, 5]).map(({ field }) => field)).deepEqual(['[1].id', '[2]']);
    should(list.issues({})).have.length(1);
    list.issues(Array.from({ length: 100_000 }, () => ({}))).length.should.be.below(200);
    const issues = list.issues(Array.from({ length: 1_000 }, () => ({})));
    const { text } = problemAnswer({ status: 422, said: inWords('API_MEDIA'), issues: [...issues, ...issues] }, languageFor(undefined));
    const { errors } = JSON.parse(text) as { errors: { code: string }[] };
    should([errors.length, errors.at(-1)!.code]).deepEqual([101, 'MORE']);
  });

  it('is told in the language that is liked best of those that there are', () => {
    const tags = (header?: string) => languageFor(header).tag;
    ['de', 'de-CH;q=0.9', 'it, de;q=0.1', 'en;q=0.2, de;q=0.8'].map(tags).should.deepEqual(['de', 'de', 'de', 'de']);
    ['fr-CA', 'pt, en;q=0.5', 'es-MX', 'ja', 'zh-TW'].map(tags).should.deepEqual(['fr', 'pt-BR', 'es-ES', 'ja', 'zh-CN']);
    [undefined, '', '*', 'it', 'de;q=0', 'en, de', 'x'.repeat(10_000), ';;q=,,', '../../etc']
      .map(tags)
      .should.deepEqual(Array(9).fill('en'));
  });
});

describe('The key of a call', () => {
  it('is read with quotation marks and without', () => {
    const read = (given: string | undefined) => idempotencyKeyIn(given === undefined ? {} : { 'idempotency-key': given });
    should([undefined, '"a-1"', 'a-1', ' "a-1" '].map(read)).deepEqual([undefined, 'a-1', 'a-1', 'a-1']);
    ['', '""', 'a b', '"a"b"', 'ü', '\u0000', 'x'.repeat(256)].map(read).forEach((key) => should(key).equal('invalid'));
  });
});

describe('An own contract', () => {
  const compile = (schema: object) => ownContract(JSON.stringify(schema), 'contractSchema');

  it('takes canonical objects by their names, and properties of any name', () => {
    const { issues } = compile({
      type: 'object',
      properties: { pattern: { type: 'string' }, entry: { $ref: 'urn:psconnect:contract:time-entry:1' } },
    });
    should(issues({ pattern: 'x' })).deepEqual([]);
    issues({ entry: {} }).length.should.be.above(5);
    should(issues({ pattern: 1 })).match([{ field: 'pattern', code: 'SCHEMA_TYPE' }]);
  });

  it('takes no regular expression of anybody, wherever it is', () => {
    for (const schema of [
      { pattern: '^(a+)+$' },
      { properties: { a: { items: { pattern: 'x' } } } },
      { properties: { properties: { pattern: 'x' } } },
      { patternProperties: { x: {} } },
      { $defs: { a: { anyOf: [{ pattern: 'x' }] } } },
      { $id: 'urn:psconnect:contract:time-entry:1' },
    ])
      should(() => compile(schema)).throw({ code: 'OWN_SCHEMA', field: 'contractSchema' });
  });
});

describe('A failure of a flow', () => {
  const told = (kind: FailureClass) => {
    const failure = new Failure({ class: kind, code: 'X', message: 'The secret host crm.internal said no.', remedy: 'Open the node.' });
    const { status, text, headers } = problemAnswer(failureProblem(failure.toJSON(), '/business/outcomes/1'), languageFor('en'));
    return { status, text, headers };
  };

  it('is told to the caller by its class; of what is behind the API, nothing', () => {
    const statuses = Object.fromEntries(failureClasses.map((kind) => [kind, told(kind).status]));
    should(statuses).containEql({
      'contract.invalid': 422,
      'conflict.stale': 409,
      'auth.denied': 502,
      'quota.exhausted': 503,
      internal: 500,
    });
    for (const kind of failureClasses) {
      const { status, text, headers } = told(kind);
      text.includes('crm.internal').should.equal(status < 500, kind);
      text.should.not.containEql('Open the node').and.containEql(`"class":"${kind}"`).and.containEql('"code":"X"');
      should('Retry-After' in headers).equal(status === 503);
    }
  });

  it('says in every language what it says, without what only its owner can do', () => {
    const failure = new Failure({ class: 'contract.invalid', ...inWords('API_DAY', { field: 'lastDay' }), field: 'lastDay' });
    const { text } = problemAnswer(failureProblem(failure.toJSON()), languageFor('de'));
    (JSON.parse(text) as { detail: string }).detail.should.equal('Was in lastDay steht, ist kein Tag.');
  });
});

describe('What has become of a call', () => {
  const run = (status: Run['status'], more: Partial<Run> = {}) => ({ status, event: { data: {} }, ...more }) as Run;
  const answer = { system: answering, status: 'done', result: { status: 201, body: 1 } } as unknown as Effect;
  const failure = { class: 'internal', code: 'X', message: 'x' } as const;

  it('is its answer, however the run goes on; else why there is none', () => {
    for (const status of ['running', 'waiting', 'done', 'dead'] as const)
      should(outcomeOf(run(status), [answer])).deepEqual({ answer: { status: 201, body: 1 } });
    should(outcomeOf(run('done'), [{ ...answer, result: null }])).equal('forgotten');
    should(outcomeOf(run('done', { event: { data: null } as never }), [])).equal('forgotten');
    should(outcomeOf(run('done'), [{ ...answer, system: 'netsuite' }])).equal('unanswered');
    should(outcomeOf(run('running'), [{ ...answer, status: 'intended' }])).equal('open');
    should(outcomeOf(run('dead', { failure }), [])).deepEqual({ failure });
    should(outcomeOf(run('cancelled', { failure }), [])).deepEqual({ failure });
    should(outcomeOf(run('cancelled'), [])).equal('ended');
  });
});

describe('Keys of consumers', () => {
  it('are asked for once in five seconds, and hold until they end or are revoked', async () => {
    const clock = new ManualClock();
    const { id, hash, key } = newApiKey();
    const stored: ApiKey = { id, hash, consumer: 'payroll', scopes: [], createdAt: 0, expiresAt: clock.now() + 20_000 };
    let asked = 0;
    const keys = new KnownApiKeys(() => ({ apiKeys: async () => [(asked++, structuredClone(stored))] }), clock);
    const both = await Promise.all([keys.find(key), keys.find(key)]);
    should(both.map((one) => one?.consumer)).deepEqual(['payroll', 'payroll']);
    should(await keys.find(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).equal(undefined);
    should(asked).equal(1);
    for (let n = 0; n < 9; n++) should(await keys.find(newApiKey().key)).equal(undefined);
    should(asked).equal(1, 'a key that nobody knows was looked for a moment ago');
    clock.jump(1_000);
    for (let n = 0; n < 9; n++) should(await keys.find(newApiKey().key)).equal(undefined);
    should(asked).equal(2);
    stored.revokedAt = 1;
    should((await keys.find(key))?.consumer).equal('payroll', 'for five seconds at most');
    clock.jump(5_000);
    should(await keys.find(key)).equal(undefined, 'it was revoked');
    delete stored.revokedAt;
    keys.changed();
    should((await keys.find(key))?.consumer).equal('payroll');
    clock.jump(14_000);
    should(await keys.find(key)).equal(undefined, 'it has ended');
  });

  it('are not guessed while the store is away: nobody is let in', async () => {
    const keys = new KnownApiKeys(
      () => ({ apiKeys: () => Promise.reject(new Failure({ class: 'transient.unavailable', code: 'X', message: 'x' })) }),
      new ManualClock(),
    );
    await keys.find(newApiKey().key).should.be.rejectedWith({ code: 'X' });
  });
});

describe('Tokens of an issuer', () => {
  let issuer: Issuer;
  before(async () => (issuer = await new Issuer().start()));
  after(() => issuer.stop());
  const rules = (keys: KeySet | ReturnType<typeof publicKey>) => ({ issuer: issuer.name, audience: 'api://psa', keys });

  it('end with thirty seconds of leeway', async () => {
    const keys = publicKey((await issuer.pem()).replaceAll('\n', ' '));
    const now = Math.floor(Date.now() / 1_000);
    const token = await issuer.token({ exp: now, nbf: now - 100 });
    const at = (seconds: number) => checkedClaims(token, rules(keys), (now + seconds) * 1_000);
    should((await at(29))?.['client_id']).equal('planning');
    should(await at(31)).equal(undefined);
    should(await at(-129)).be.ok();
    should(await at(-131)).equal(undefined);
  });

  it('are checked by keys that are kept for ten minutes, by those of before for an hour where there are none, then by none', async () => {
    const clock = new ManualClock();
    const own = await new Issuer().start();
    const keys = new KeySet(own.url, clock);
    const token = await own.token();
    const check = () => checkedClaims(token, { ...rules(keys), issuer: own.name }, Date.now());
    should(await check()).be.ok();
    clock.jump(599_000);
    should(await check()).be.ok();
    own.asked.should.equal(1);
    clock.jump(1_000);
    should(await check()).be.ok();
    own.asked.should.equal(2);
    await own.stop();
    clock.jump(1_800_000);
    should(await check()).be.ok();
    clock.jump(1_800_000);
    await check().should.be.rejectedWith({ class: 'transient.unavailable', code: 'API_KEY_SET' });
  });

  it('of a new key are let in once the keys are read again, thirty seconds later at the latest', async () => {
    const clock = new ManualClock();
    const own = await new Issuer().start();
    const keys = new KeySet(own.url, clock);
    const check = async (kid: string) => checkedClaims(await own.token({}, kid), { ...rules(keys), issuer: own.name }, Date.now());
    should(await check('first')).be.ok();
    await own.addKey('second');
    should(await check('second')).equal(undefined, 'they were read a moment ago');
    clock.jump(30_000);
    should(await check('second')).be.ok();
    own.asked.should.equal(2);
    await own.stop();
  });
});
