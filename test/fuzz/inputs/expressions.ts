import type { Random } from './input-random.ts';

/** JSONata by what it does to whoever evaluates it. */
export const hostileExpressions: Readonly<Record<string, (random: Random) => string>> = {
  recursion: () => '($f := function($n) { 1 + $f($n + 1) }; $f(0))',
  'tail call': () => '($f := function($n) { $f($n + 1) }; $f(0))',
  'mutual tail call': () => '($f := function($n) { $g($n) }; $g := function($n) { $f($n) }; $f(0))',
  'backtracking pattern': () => `$match("${'a'.repeat(43)}!", /^(a+)+$/)`,
  'backtracking test': () => `$contains("${'a'.repeat(43)}!", /^(a|a)*$/)`,
  'backtracking replace': () => `$replace("${'a '.repeat(25)}!", /^(\\w+\\s?)+$/, "")`,
  'backtracking split': () => `$split("${'x'.repeat(41)}y", /(x+x+)+z/)`,
  'quadratic pattern': () => `$match($pad("", 60000, "a"), /a*b/)`,
  'lookahead pattern': () => `$match("aaaa", /(?=(a+))a*b\\1/)`,
  'long pad': (random) => `$pad("a", ${random.pick(['2e6', '2e8', '1e9', '-2e8', '1e308'])})`,
  'doubled text': () => '$reduce([1..30], function($s, $i) { $s & $s }, "aaaaaaaaaa")',
  'doubled list': () => '$reduce([1..30], function($s, $i) { $append($s, $s) }, [1])',
  'long range': (random) => `$sum([1..${random.pick(['9999999', '10000000', '10000001', '1e12'])}])`,
  'range of ranges': () => '[1..3000].[1..3000].($ * 2)',
  'nested map': () => '$map([1..2000], function($a) { $map([1..2000], function($b) { $a * $b }) })',
  'long join': () => '$join($map([1..300000], function($i) { "abcdefghijklmnop" }))',
  'slow sort': () => '$sort([1..20000], function($a, $b) { $a < $b })',
  'eval in eval': () => '($e := "$eval($e)"; $eval($e))',
  'eval a bomb': () => '$eval("($f := function($n) { $f($n + 1) }; $f(0))")',
  'encoded bomb': () => '$eval($decodeUrlComponent("%24pad(%22a%22%2C2e8)"))',
  'deep brackets': (random) => `${'('.repeat(random.pick([200, 2_000, 20_000]))}1`,
  'deep lists': (random) => `${'['.repeat(random.pick([200, 2_000, 9_000]))}1${']'.repeat(9_000)}`,
  'long chain': (random) => `payload${'.a'.repeat(random.pick([500, 20_000]))}`,
  'long sum': (random) => `1${'+1'.repeat(random.pick([1_000, 50_000]))}`,
  'descend all': () => '**.**.**.**.**',
  'transform all': () => '$ ~> |**|{"a": **}|',
  'grows by itself': () => '$ ~> |$|{"again": $, "more": [$, $, $, $]}|',
  'proto by merge': () => '$merge([{"__proto__": {"polluted": true}}, {"constructor": 1}])',
  'proto by group': () => '[{"k": "__proto__", "v": 1}]{k: v}',
  'reaches outside': () => '$constructor.constructor("return process")().exit(1)',
  'reaches by lookup': () => '$lookup($, "constructor").prototype',
  'reaches by function': () => '$string.constructor("return process.exit(1)")()',
  'asks the time': () => '$formatInteger(1e300, "w")',
  'roman number': () => '$formatInteger(10000000, "I")',
  'wide picture': () => `$formatNumber(1, "${'0'.repeat(2_000)}")`,
  'wide base': () => '$formatBase(1e308, 36)',
  'odd time': () => '$fromMillis(1e300)',
  'power tower': () => '$power(1e308, 1e308)',
  'shuffles much': () => '$count($shuffle([1..500000]))',
  'text to letters': () => '$split($pad("", 400000, "a"), "")',
  unfinished: () => '{"a": ',
  'not an expression': () => '\u0000\ud800}{',
  'gives a function': () => 'function($x) { $x }',
  'gives nothing': () => 'payload.nothing.there',
  'refers to itself': () => '($a := {"b": 1}; $merge([$a, {"c": $a}]))',
  'throws on purpose': () => '$error("xanthippe.quorra@firm.example")',
  'signature of repetitions': () => `($f := function($a)<s+s+s+n:n>{1}; $f(${Array.from({ length: 9_000 }, () => '""').join(',')}))`,
  'signature of its own signs': () =>
    `($f := function($a)<(s]*[s]*[s]*[s]*[s]*[s]*[s]*[s]*[s)n:n>{1}; $f(${Array.from({ length: 90 }, () => '""').join(',')}))`,
  'pad to no width': (random) => `($pad("x", ${random.pick(['nothing', '5 % 0'])}); $f := function($n) { $f($n + 1) }; $f(0))`,
  'text within a text': (random) =>
    `($t := $pad("", 900000, "a"); $count([1..20000].${random.pick(['$contains($t, "ab")', '$split($t, "ab")', '$replace($t, "ab", "")'])}))`,
  'asserts much': () => `$assert(false, $pad("", 100000, "m@x.y "))`,
};

/** They take all the time that they are given: rarer, or the rest would wait for them. */
export const slowExpressions: ReadonlySet<string> = new Set([
  'tail call',
  'mutual tail call',
  'eval a bomb',
  'eval in eval',
  'nested map',
  'range of ranges',
  'pad to no width',
]);

/** Names of hostile expressions, each as often as it is to be picked. */
export const expressionNames: readonly string[] = Object.keys(hostileExpressions).flatMap((name) =>
  slowExpressions.has(name) ? [name] : [name, name, name],
);

/** Ordinary mappings, so that something comes after them. */
export const soundExpressions: readonly string[] = [
  'payload',
  '$',
  '{"id": payload.id, "minutes": payload.minutes}',
  '$merge([payload, {"status": "approved"}])',
  '$ ~> |resource|{"email": "new@firm.example"}|',
  'payload[minutes > 10]',
  '$string(payload)',
];
