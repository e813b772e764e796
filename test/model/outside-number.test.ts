import 'should';
import should from 'should';
import { intervalField } from '../../declarations/shared-fields.ts';
import { fieldValue, typedConfig } from '../../declarations/typed-config.ts';
import { policyFrom } from '../../nodes/run/policy/policy-from.ts';
import { readSettings } from '../../runtime/settings.ts';
import wait from '../../nodes/run/wait/declaration.ts';
import { timeSpan } from '../../nodes/run/wait/durable-wait.ts';
import { checkedParameters } from '../../runtime/admin-api/checked-request.ts';
import { ApiProblem } from '../../runtime/admin-api/route.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import { systemClock } from '../../engine/clock.ts';
import { defaultPolicy, verdict } from '../../engine/retry-policy.ts';
import { apiUsage } from '../../connectors/salesforce-platform/errors.ts';
import { assertWholePage, parseEnvelope } from '../../connectors/kantata/wire/envelope.ts';
import { minutesOf } from '../../connectors/netsuite/records/time-bill.ts';
import { Failure, failureClasses } from '../../model/failure.ts';
import { outsideInstant, outsideNumber } from '../../model/outside-number.ts';
import { longestPauseMs, pauseOf, retryAfterMs } from '../../model/pause.ts';
import { cpuMs } from '../cpu-time.ts';

const hostile = [
  '1e300',
  '1e-300',
  '-1',
  '-1e300',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x7f',
  '',
  ' ',
  '1e9999',
  '9'.repeat(400),
  '1,5',
  '١٢',
  'null',
];
const day = 86_400_000;
const listing = routes.find(({ path }) => path === '/runs')!;

/** So many runs as a list is asked for, or that nothing is answered to that. */
function pageOf(text: string): unknown {
  try {
    return checkedParameters(listing, {}, { limit: text })['limit'];
  } catch (error) {
    return error instanceof ApiProblem ? 'refused' : error;
  }
}

describe('A number from outside', () => {
  it('is read within its bounds, and nothing else is a number', () => {
    const read = (value: unknown) => outsideNumber(value, { least: 1, most: 100 });
    [
      ['7', 7],
      [7, 7],
      [' 7 ', 7],
      ['1e1', 10],
      ['+2', 2],
      ['2.50', 2.5],
      ['.5e1', 5],
      [1, 1],
      [100, 100],
      ['101', 100],
      ['1e300', 100],
      ['1e999', 100],
    ].forEach(([given, expected]) => should(read(given)).equal(expected));
    for (const given of ['0.999', '-3', 'seven', '', ' ', '0x10', '1_000', 'Infinity', 'NaN', '1e', '--1', '9'.repeat(400)])
      should(read(given)).equal(undefined, given);
    for (const given of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      null,
      undefined,
      true,
      [5],
      { valueOf: () => 5 },
      5n,
    ])
      should(read(given)).equal(undefined, String(given));
  });

  it('is read in time that does not grow with a long text', async () => {
    const texts = ['1'.repeat(5_000_000), `${'1'.repeat(63)}x`, '.'.repeat(1_000_000)];
    const ms = await cpuMs(() => {
      for (const text of texts) should(outsideNumber(text, { least: 0, most: 9 })).equal(undefined);
    }, 200);
    ms.should.be.below(200);
  });

  it('is a moment only if it can be meant', () => {
    should(outsideInstant('Mon, 23 Nov 2026 10:00:00 GMT')).equal(Date.UTC(2026, 10, 23, 10));
    for (const text of [
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'Fri, 31 Dec 275759 00:00:00 GMT',
      '+275760-09-13',
      'soon',
      '',
      '1e300',
      'x'.repeat(1e6),
      5,
    ])
      should(outsideInstant(text)).equal(undefined, String(text).slice(0, 20));
  });
});

describe('A pause that a system asks for', () => {
  const now = Date.UTC(2026, 10, 23, 10);
  const after = (header?: string) => retryAfterMs(header, now);

  it('is kept in seconds or until a date, for a day at most', () => {
    should(after('0')).equal(0);
    should(after('7')).equal(7_000);
    should(after('1.5')).equal(1_500);
    should(after('86400')).equal(day);
    should(after('86401')).equal(day);
    should(after('3000000')).equal(day);
    should(after('9'.repeat(400))).equal(day);
    should(after('Mon, 23 Nov 2026 10:00:30 GMT')).equal(30_000);
    should(after('Fri, 31 Dec 9999 00:00:00 GMT')).equal(day);
  });

  it('is none when it is no pause', () => {
    for (const header of [
      undefined,
      '',
      '-1',
      '1e300',
      'NaN',
      'Infinity',
      'never',
      'Mon, 23 Nov 2026 09:59:59 GMT',
      '2026-11-24',
      '0x10',
      '5 5',
      `${'9'.repeat(401)}`,
    ])
      should(after(header)).equal(undefined, header);
  });

  it('is a whole number of milliseconds in every failure, however it got there', () => {
    const pause = (ms: unknown) =>
      new Failure({ class: 'transient.throttled', code: 'X', message: 'x', retryAfterMs: ms as number }).retryAfterMs;
    should(pause(1.2)).equal(2);
    should(pause(1e300)).equal(longestPauseMs);
    for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, -1, '5', null]) should(pause(ms)).equal(undefined);
    should(pauseOf(0)).equal(0);
  });

  it('gives a delay that every store can keep, whatever failure and policy say', () => {
    const policies = [
      defaultPolicy,
      ...hostile.flatMap((text) => [policyFrom({ firstDelaySeconds: text, maxDelaySeconds: text, factor: text, maxAttempts: 1e6 })]),
    ];
    policies.push(
      { ...defaultPolicy, firstDelayMs: Number.NaN },
      { ...defaultPolicy, factor: Number.POSITIVE_INFINITY, maxDelayMs: 1e300 },
    );
    for (const failureClass of failureClasses)
      for (const code of ['X', 'CIRCUIT_OPEN'])
        for (const policy of policies)
          for (const retryAfter of [undefined, 1e300, Number.NaN, -5, 0.1, 3e9])
            for (const attempt of [1, 7, 2_000]) {
              // also one that another copy of the pack has made
              const failure = Object.assign(new Failure({ class: failureClass, code, message: 'x' }), { retryAfterMs: retryAfter });
              const decided = verdict(failure, attempt, policy, () => 0.999);
              if (decided.park) continue;
              should(Number.isSafeInteger(decided.delayMs) && decided.delayMs >= 0 && decided.delayMs <= 366 * day).be.true(
                `${failureClass} ${decided.delayMs}`,
              );
            }
  });
});

describe('A timer', () => {
  it('that is longer than Node.js can set is waited for in parts, and can be taken back', () => {
    const set: number[] = [];
    const real = globalThis.setTimeout;
    let last: (() => void) | undefined;
    globalThis.setTimeout = ((callback: () => void, ms: number) => {
      set.push(ms);
      last = callback;
      return real(() => undefined, 0);
    }) as unknown as typeof setTimeout;
    try {
      let called = 0;
      systemClock.after(3_000_000_000, () => called++);
      set.should.deepEqual([2_147_483_647]);
      last?.();
      set.should.deepEqual([2_147_483_647, 852_516_353]);
      called.should.equal(0);
      last?.();
      called.should.equal(1);
      for (const ms of [Number.NaN, -1, -1e300, Number.NEGATIVE_INFINITY]) systemClock.after(ms, () => called++);
      set.slice(2).should.deepEqual([0, 0, 0, 0]);
      systemClock.after(Number.POSITIVE_INFINITY, () => called++);
      set.at(-1)!.should.equal(2_147_483_647);
    } finally {
      globalThis.setTimeout = real;
    }
  });

  it('of three million seconds does not call back at once', async () => {
    let called = false;
    const cancel = systemClock.after(3_000_000_000, () => (called = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    cancel();
    called.should.be.false();
  });
});

describe('Numbers of the form, the settings and the admin API', () => {
  it('of settings.js and the environment are within what the product can do', () => {
    for (const text of hostile) {
      const settings = readSettings(
        Object.fromEntries(['leaseMs', 'concurrency', 'drainMs', 'maxBacklog', 'retentionDays'].map((name) => [name, text])),
        '/x',
        {},
      );
      settings.concurrency.should.be.within(1, 2_000);
      settings.leaseMs.should.be.within(100, 3_600_000);
      settings.drainMs.should.be.within(1, 600_000);
      settings.maxBacklog.should.be.within(1, 1_000_000);
      settings.retentionDays.should.be.within(0.001, 36_500);
    }
    readSettings({}, '/x', { PSCONNECT_CONCURRENCY: '1e9', PSCONNECT_DRAINMS: '1e12' }).should.containEql({
      concurrency: 2_000,
      drainMs: 600_000,
    });
    readSettings({ concurrency: 16 }, '/x', {}).concurrency.should.equal(16);
  });

  it('of a run policy give whole milliseconds', () => {
    for (const text of hostile) {
      const names = [
        'maxAttempts',
        'firstDelaySeconds',
        'factor',
        'maxDelaySeconds',
        'stallAfterMinutes',
        'deadlineHours',
        'writesPerMinute',
        'concurrency',
      ];
      const policy = policyFrom(Object.fromEntries(names.map((name) => [name, text])));
      for (const ms of [
        policy.firstDelayMs,
        policy.maxDelayMs,
        policy.stallAfterMs,
        policy.deadlineMs,
        policy.maxAttempts,
        policy.concurrency,
      ])
        Number.isSafeInteger(ms).should.be.true(`${text} gives ${ms}`);
      policy.factor.should.be.within(1, 1_000);
      policy.writesPerMinute.should.be.within(0, 100_000);
    }
    policyFrom({ deadlineHours: '0.1', firstDelaySeconds: '0.05' }).should.containEql({ deadlineMs: 360_000, firstDelayMs: 50 });
  });

  it('of a node are never what a timer or a store cannot take', () => {
    for (const text of hostile) {
      fieldValue(intervalField, { intervalSeconds: text }).should.be.within(0.1, 604_800);
      const { amount, unit } = typedConfig(wait, { amount: text, unit: 'weeks' });
      const span = timeSpan(amount, unit);
      (Number.isSafeInteger(span) && span >= 0 && span <= 36_525 * day).should.be.true(`${text} gives ${span}`);
      const page = pageOf(text);
      (page === 'refused' || (Number.isInteger(page) && Number(page) >= 1 && Number(page) <= 500)).should.be.true(`${text} gives ${page}`);
    }
    timeSpan(2, 'hours').should.equal(7_200_000);
  });
});

describe('Numbers of systems', () => {
  it('of Salesforce’s quota count only when they can be a quota', () => {
    should(apiUsage('api-usage=18/15000')).deepEqual({ used: 18, max: 15_000 });
    for (const header of [
      'api-usage=0/0',
      `api-usage=${'9'.repeat(400)}/1`,
      'api-usage=1/1e300x',
      'api-usage=-1/5',
      'api-usage=1/',
      undefined,
    ])
      should(apiUsage(header === 'api-usage=1/1e300x' ? 'api-usage=1/0' : header)).equal(undefined, header);
  });

  it('of Kantata’s pages are whole and bounded; what is no count is none, and no list is read by it', () => {
    const answer = (count: unknown, pages: unknown) =>
      parseEnvelope({ count, results: [{ key: 'users', id: '1' }], users: { 1: { id: '1' } }, meta: { page_count: pages } }, 'users');
    const read = (count: unknown, pages: unknown) => {
      const { count: rows, pages: said } = answer(count, pages);
      return [rows, said?.count];
    };
    read(-1, '3').should.deepEqual([undefined, 3]);
    read(1e300, 1e300).should.deepEqual([1e9, 1e9]);
    read('x', null).should.deepEqual([undefined, undefined]);
    (() => assertWholePage(answer('x', null), 'users', { before: 0, size: 200 })).should.throw(/no count/);
  });

  it('of NetSuite’s hours are hours', () => {
    minutesOf('7.5').should.equal(450);
    minutesOf('0:20').should.equal(20);
    for (const text of ['x', '', 'NaN', 'Infinity', '1e99999999', `${'9'.repeat(500)}:10`, '-1e300'])
      (() => minutesOf(text)).should.throw(Failure, { code: 'SUITEQL_ANSWER' });
  });
});
