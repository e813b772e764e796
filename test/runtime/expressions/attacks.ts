import { createRequire } from 'node:module';
import should from 'should';
import type { Failure } from '../../../model/failure.ts';
import { compileExpression } from '../../../runtime/expressions/expression.ts';
import { slowness } from '../../cpu-time.ts';

export const probe = createRequire(import.meta.url)('../loop-probe.cjs') as { begin(): void; longestMs(): number };

/** An expression that takes more than it may have. */
export interface Attack {
  what: string;
  expression: string;
  input?: unknown;
  /** the limit that ends it */
  ends: RegExp;
}

const doubled = (step: string) => `($d := function($s, $n){ $n = 0 ? $s : $d(${step}, $n - 1) }; $d`;
const evil = { payload: `${'a'.repeat(42)}!` };
const objects = (count: number) => ({ payload: Array.from({ length: count }, (_, a) => ({ a })) });
const itself: Record<string, unknown> = {};
itself['itself'] = itself;
const time = /took longer than 5 seconds/;

/** Each takes the time that it may have: they are tried side by side. */
export const slow: Attack[] = [
  { what: 'a tail call without end', expression: '($f := function($x){ $f($x) }; $f(1))', ends: time },
  {
    what: 'functions that call each other by ~>',
    expression: '($g := function($x){ $x ~> $f }; $f := function($x){ $x ~> $g }; $f(1))',
    ends: /levels deep|5 sec/,
  },
  { what: 'a recursion without end', expression: '($f := function($x){ $f($x + 1) + 1 }; $f(1))', ends: /levels deep|5 sec|memory/ },
  { what: 'a backtracking expression that RE2 cannot say', expression: '$contains(payload, /^(a+)+\\1$/)', input: evil, ends: time },
  {
    what: 'a text that is written out 2^40 times',
    expression: `$string(${doubled('{"a": $s, "b": $s}')}(1, 40)))`,
    ends: /5 sec|memory|too large/,
  },
  { what: 'a comparison of values with 2^40 parts', expression: `${doubled('{"a": $s, "b": $s}')}(1, 40) = $d(1, 40))`, ends: time },
  { what: 'distinct of many different records', expression: '$count($distinct(payload))', input: objects(60_000), ends: time },
  {
    what: 'sorting with a comparison that counts',
    expression: '$sort([1..3000], function($a, $b){ $count([1..2000][$ > $a]) > $b })',
    ends: time,
  },
  { what: '$eval of a tail call', expression: '$eval("($f := function($x){ $f($x) }; $f(1))")', ends: time },
  {
    what: 'a list beside itself four times',
    expression: '$count($.payload@$a.payload@$b.payload@$c.payload@$d{"x": 1})',
    input: objects(200),
    ends: /5 sec|memory|items/,
  },
];

export const quick: Attack[] = [
  { what: 'a pad to 200 million letters', expression: '$pad("a", 2e8)', ends: /characters|memory|5 sec/ },
  { what: 'a range of ten million', expression: '[1..9999999]', ends: /more than 2,000,000 items/ },
  { what: 'a range inside a range', expression: '$count([1..9999999].([1..9999999]))', ends: /items|memory|5 sec/ },
  { what: 'a text that doubles', expression: `$length(${doubled('$s & $s')}("ab", 60)))`, ends: /too large|memory/ },
  { what: 'an object that doubles', expression: `${doubled('{"a": $s, "b": $s}')}(1, 40))`, ends: /more than 200,000 values/ },
  { what: 'a list that doubles', expression: '$reduce([1..9999], function($a, $b){ $append($a, $a) })', ends: /items|memory/ },
  {
    what: 'replacements of ten thousand letters',
    expression: '$replace($pad("", 100000, "a"), /a/, $pad("", 10000, "b"))',
    ends: /too large|memory|characters/,
  },
  { what: 'shuffling ten million', expression: '$shuffle([1..9999999])', ends: /items/ },
  { what: '$eval of a pad', expression: '$eval("$pad(\\"a\\", 2e8)")', ends: /characters|memory|5 sec/ },
  { what: '$eval of a hundred thousand brackets', expression: '$eval($pad("", 100000, "("))', ends: /too large/ },
  { what: 'a hundred thousand brackets', expression: '('.repeat(49_000), ends: /nested too deeply to be read/ },
  { what: 'ten megabytes of expression', expression: `"${'x'.repeat(10_000_000)}"`, ends: /more than 50,000 characters/ },
  { what: 'a result that holds itself', expression: '$', input: itself, ends: /deeper than 100 levels/ },
  {
    what: 'a result nested five thousand deep',
    expression: 'payload',
    input: { payload: JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown },
    ends: /deeper than 100 levels/,
  },
];

const texts = (count: number) => Array.from({ length: count }, () => '""').join(',');
const letters = 'a'.repeat(400_000);
export const holding: Omit<Attack, 'ends'>[] = [
  { what: 'a signature of three repetitions', expression: `($f := function($a)<s+s+s+n:n>{1}; $f(${texts(1_500)}))` },
  {
    what: 'a signature with signs of a regular expression in it',
    expression: `($f := function($a)<(s]*[s]*[s]*[s]*[s]*[s]*[s)n:n>{1}; $f(${texts(60)}))`,
  },
  {
    what: 'a pad to a width that is none, and what comes after it',
    expression: '($pad("x", nothing); $count($map([1..9000000], $string)))',
  },
  { what: 'a pad to NaN, and what comes after it', expression: '($pad("x", 5 % 0); $count($map([1..9000000], $string)))' },
  {
    what: 'a long text that is nearly in a longer one',
    expression: '$contains(payload.text, payload.wanted)',
    input: { payload: { text: letters, wanted: `${'a'.repeat(150_000)}b${'a'.repeat(150_000)}` } },
  },
];
/** Each takes the time that it may have: they are tried side by side. */
export const withTexts: Omit<Attack, 'ends'>[] = [
  {
    what: 'a text that is looked for again and again',
    expression: '$count([1..20000][$contains($$.payload, "ab")])',
    input: { payload: letters },
  },
  {
    what: 'a text that is split again and again',
    expression: '$count([1..20000].$split($$.payload, "ab"))',
    input: { payload: letters },
  },
  {
    what: 'a text that is replaced again and again',
    expression: '$count([1..20000].$replace($$.payload, "ab", ""))',
    input: { payload: letters },
  },
];

export async function ended({ expression, input, ends, what }: Attack): Promise<void> {
  const failure = (await (async () => compileExpression(expression, { field: 'key' }).evaluate(input))().then(
    (value) => should.fail(value, undefined, `${what} came to an end: ${String(JSON.stringify(value)).slice(0, 100)}`, ''),
    (error: unknown) => error as Failure,
  )) as Failure;
  failure.should.have.properties({ class: 'contract.invalid', code: 'EXPRESSION_LIMIT', field: 'key' });
  failure.message.should.match(/^The expression of "key" was ended: /);
  failure.message.should.match(ends, what);
  should(failure.value!.length).be.within(1, 120);
}

/** Node-RED goes on with other things meanwhile, whether it comes to its limit or is refused. */
export async function holdsNothing(attacks: readonly Omit<Attack, 'ends'>[]): Promise<void> {
  await compileExpression('1', { field: 'warm' }).evaluate(undefined);
  probe.begin();
  // at its limit, or as wrong
  await Promise.allSettled(attacks.map(async ({ expression, input }) => compileExpression(expression, { field: 'key' }).evaluate(input)));
  await new Promise((resolve) => setTimeout(resolve, 10)); // the turn that it held has ended by then
  probe.longestMs().should.be.below(500 * slowness()); // measured where nothing else runs: below 60 ms; each of them was some seconds
}

/** All at once, and none of them takes Node-RED's memory or its time: what does so does it each time, a machine that is busy with other things does not. */
export async function endedBeside(attacks: readonly Attack[]): Promise<void> {
  const memory = process.memoryUsage().rss;
  await compileExpression('1', { field: 'warm' }).evaluate(undefined);
  let longestMs = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && longestMs >= 400; tries++) {
    probe.begin();
    await Promise.all(attacks.map(ended));
    longestMs = probe.longestMs();
  }
  longestMs.should.be.below(400); // measured where nothing else runs: below 60 ms
  (process.memoryUsage().rss - memory).should.be.below(200e6);
}
