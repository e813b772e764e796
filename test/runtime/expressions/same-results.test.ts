import * as fc from 'fast-check';
import jsonata from 'jsonata';
import should from 'should';
import { opportunityToEngagement } from '../../../connectors/salesforce/mappings/opportunity-to-engagement.ts';
import { BoundedRegex } from '../../../runtime/expressions/bounded-regex.ts';
import { directExpression } from '../../../runtime/expressions/direct/direct-expression.ts';
import { compileExpression } from '../../../runtime/expressions/expression.ts';

const input = {
  payload: {
    code: 'ENG-1',
    amount: 1234.5,
    none: null,
    empty: [],
    one: [{ id: 1 }],
    zero: 0,
    text: 'Hello  World, 12 apples and 7 pears 🍐',
    person: { name: 'Ada', email: 'ada@firm.example' },
    lines: [
      { id: 'a', minutes: 30, tags: ['x', 'y'], rate: 10.5, phase: 'P1' },
      { id: 'b', minutes: 90, tags: ['y'], phase: 'P2', sub: { minutes: 5 } },
      { id: 'c', minutes: 45, tags: [], phase: 'P1', sub: { minutes: 7 } },
    ],
    nested: [
      [1, 2],
      [3, [4, 5]],
    ],
    date: '2026-03-02T18:00:00.000+0000',
  },
  topic: 'deal',
};

/** What JSONata itself makes of it, or says is wrong with it. */
async function byJsonata(text: string): Promise<unknown> {
  try {
    const result: unknown = await jsonata(text).evaluate(structuredClone(input));
    return { value: result === undefined ? undefined : (JSON.parse(JSON.stringify(result)) as unknown) };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

async function byUs(text: string): Promise<unknown> {
  try {
    return { value: await compileExpression(text, { field: 'key' }).evaluate(structuredClone(input)) };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

const paths = [
  'payload',
  'payload.code',
  'payload.lines.id',
  'payload.lines[0].id',
  'payload.lines[-1]',
  'payload.lines.tags',
  'payload.lines.sub.minutes',
]
  .concat([
    'payload.nested',
    'payload.nested[0]',
    'payload.empty',
    'payload.none',
    'payload.nothing.at.all',
    'payload.*',
    'payload.**.minutes',
    '$',
    '$$.topic',
  ])
  .concat([
    'payload.lines[minutes > 30]',
    'payload.lines[tags]',
    'payload.lines.(id)[1]',
    '(payload.lines.id)[1]',
    'payload.one[]',
    'payload.lines[id="a"][]',
  ]);
const fields = ['id', 'minutes', 'tags', 'nothing', '$', 'sub.minutes', '$string(minutes)', '"k"', '1', 'phase'];

const expressions = [
  ...[
    'payload.code & "-" & payload.amount',
    'payload.none & ""',
    '1 + 2 * 3 - 4 / 5 % 3',
    '-payload.amount',
    'payload.code = "ENG-1"',
    'payload.one = [{"id": 1}]',
  ],
  ...[
    'payload.amount > 1000 and payload.amount <= 2000',
    'payload.nothing or payload.code',
    '"x" in payload.lines.tags',
    '1 in payload.empty',
    'payload.code < 5',
  ],
  ...[
    'payload.amount > 1000 ? "big" : "small"',
    'payload.nothing ?: "default"',
    'payload.none ?? "absent"',
    '[payload.lines.minutes, 1, [2, 3]]',
    '[1..5]',
    '[3..1]',
  ],
  ...[
    'payload.lines{phase: id}',
    'payload.lines{phase: $sum(minutes)}',
    'payload.lines.{"i": id, "h": $round(minutes / 60, 2)}',
    '{"a": payload.nothing, "b": payload.lines.tags}',
  ],
  ...[
    'payload.lines^(minutes).id',
    'payload.lines^(>minutes, id).id',
    'payload.lines^(phase, >minutes).id',
    '$sort(payload.lines.minutes)',
    '$sort(payload.lines, function($a, $b){ $a.minutes < $b.minutes }).id',
  ],
  ...[
    '($x := 5; $y := function($n){ $n * $x }; $map([1, 2, 3], $y))',
    '$map(payload.lines, function($l, $i){ $l.id & $i })',
    '$filter(payload.lines, function($l){ $l.minutes > 30 }).id',
  ],
  ...[
    '$reduce([1..5], function($a, $b){ $a * $b })',
    '$reduce(payload.lines.minutes, function($a, $b){ $a + $b }, 100)',
    '$sift(payload.person, function($v, $k){ $k = "name" })',
    '$each(payload.person, function($v, $k){ $k & "=" & $v })',
  ],
  ...[
    '$single(payload.lines, function($l){ $l.id = "b" }).minutes',
    '$single(payload.lines)',
    '($f := function($n){ $n <= 1 ? 1 : $n * $f($n - 1) }; $f(20))',
    '($even := function($n){ $n = 0 ? true : $odd($n - 1) }; $odd := function($n){ $n = 0 ? false : $even($n - 1) }; $even(100))',
  ],
  ...[
    '$sum(payload.lines.minutes)',
    '$max(payload.lines.minutes) - $min(payload.lines.minutes)',
    '$average(payload.lines.minutes)',
    '$count(payload.nothing)',
    '$distinct(payload.lines.phase)',
    '$distinct(payload.lines.{"p": phase})',
  ],
  ...[
    '$uppercase(payload.code)',
    '$substring(payload.text, 2, 5)',
    '$substringBefore(payload.person.email, "@")',
    '$trim(payload.text)',
    '$pad(payload.code, 10, "*")',
    '$pad(payload.code, -10)',
    '$length(payload.text)',
    '$split(payload.code, "-")',
    '$join(payload.lines.id, ", ")',
  ],
  ...[
    '$replace(payload.date, "+0000", "Z")',
    '$replace(payload.text, /(\\w+) (\\d+)/, "$2 $1")',
    '$replace(payload.text, /\\d+/, function($m){ $string($number($m.match) + 1) })',
    '$match(payload.text, /[a-z]+s\\b/)',
    '$contains(payload.text, /world/i)',
    '$split(payload.text, /[ ,]+/)',
    '$split(payload.text, / /, 2)',
    '$replace(payload.text, /[^\\x00-\\x7f]/, "?")',
  ],
  ...[
    '$formatNumber(payload.amount, "#,##0.00")',
    '$formatInteger(42, "w")',
    '$formatBase(255, 16)',
    '$number("12.5")',
    '$number("x")',
    '$string(payload.lines)',
    '$string(payload.person, true)',
    '$boolean(payload.empty)',
    '$not(payload.zero)',
    '$type(payload.none)',
  ],
  ...[
    '$fromMillis(1510067557121)',
    '$fromMillis(1510067557121, "[M01]/[D01]/[Y0001] [h#1]:[m01][P]")',
    '$toMillis("2017-11-07T15:12:37.121Z")',
    '$toMillis("07/11/2017", "[D01]/[M01]/[Y0001]")',
    '$keys(payload)',
    '$merge(payload.lines)',
    '$spread(payload.person)',
    '$lookup(payload.lines, "id")',
    '$zip([1, 2], ["a", "b"])',
    '$reverse(payload.lines.id)',
    '$append(payload.lines.id, "d")',
    '$exists(payload.none)',
  ],
  ...[
    'payload.code ~> $lowercase',
    'payload.code ~> $substringBefore("-") ~> $lowercase()',
    '($t := $trim ~> $uppercase; $t(payload.text))',
    'payload ~> |lines|{"minutes": minutes * 2}, "tags"|',
    '$map(["a", "b"], $uppercase)',
    '$base64encode("abc") & $base64decode("YWJj")',
    '$encodeUrlComponent("a b&c")',
    '$clone(payload.person)',
  ],
  ...[
    'payload.lines@$l.payload.one@$o.{"l": $l.id, "o": $o.id}',
    'payload.lines#$i.{"i": $i, "id": id}',
    'payload.lines.tags.(%.id)',
    '$eval("payload.amount + 1")',
    '($add := function($a, $b){ $a + $b }; $inc := $add(?, 1); $inc(5))',
    '$substring(?, 0, 2)(payload.code)',
  ],
  ...[
    '$error("it is wrong")',
    '$assert(false, "no")',
    '$sum("a")',
    'payload.code + 1',
    '-payload.code',
    '$nothing()',
    'payload.code()',
    '{"a": 1, "a": 2}',
    '{payload.amount: 1}',
    '$power(10, 400)',
    '1 / 0 & ""',
    '[1, $nothing, null, "", false]',
    '$string(1 / 3)',
    '0.1 + 0.2',
    '-0',
    '"a" = 1',
  ],
];

describe('An expression gives what JSONata gives', function () {
  this.timeout(60_000);

  it('and says what JSONata says where it is wrong', async () => {
    for (const text of expressions) should(await byUs(text)).deepEqual(await byJsonata(text), text);
  });

  it('for every path and what may stand behind it', async () => {
    const behind = [
      ...fields.map((field) => `.${field}`),
      ...fields.map((field) => `[${field}]`),
      '[0]',
      '[[0, 1]]',
      '.*',
      '^(id)',
      '{phase: $sum(minutes)}',
      '[]',
    ];
    const operators = ['=', '!=', '<', '&', '+', 'and', 'in', '~> $count ~>', '?:', '??'];
    for (const path of paths) {
      for (const text of behind.map((end) => path + end)) should(await byUs(text)).deepEqual(await byJsonata(text), text);
      for (const operator of operators) {
        const text = operator.includes('~>') ? `${path} ~> $count` : `${path} ${operator} payload.lines.minutes`;
        should(await byUs(text)).deepEqual(await byJsonata(text), text);
      }
    }
  });

  it('and the mappings of the pack are worked out at once', () => {
    const expression = directExpression(jsonata(opportunityToEngagement).ast(), {});
    expression!({ Id: '006', CurrencyIsoCode: 'EUR', Amount: 5, Engagement_Phases__r: [{ Code__c: 'P1' }] }, new Map()).state.should.equal(
      'done',
    );
  });

  it('with the same moment everywhere in one evaluation', async () => {
    const result = await compileExpression('[$millis(), $millis(), $toMillis($now())]', { field: 'key' }).evaluate({});
    new Set(result as number[]).size.should.equal(1);
  });
});

describe('A regular expression in linear time', () => {
  const refused = (): RegExp => {
    throw new Error('RE2 does not say it');
  };
  const parts = [
    'a',
    'b',
    '.',
    '\\d',
    '\\w',
    '\\s',
    '\\S',
    '[a-c]',
    '[^a]',
    '[\\s\\-x]',
    '(a)',
    '(?:b|c)',
    '(a|b)',
    '\\b',
    '^',
    '$',
    'é',
    '\\u00e9',
    '\\.',
    '[.\\]]',
    '(?<n>c)',
  ];
  const pattern = fc.array(fc.tuple(fc.constantFrom(...parts), fc.constantFrom('', '', '', '*', '+', '?', '+?', '{2}', '{1,3}')), {
    minLength: 1,
    maxLength: 5,
  });
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', ' ', '\n', '\u2028', '\u00a0', '1', '.', '-', ']', 'é', 'É', '🍐', 'A'), { maxLength: 25 })
    .map((all) => all.join(''));

  it('finds what JavaScript finds, in the same places, with the same groups', () => {
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (atoms, given, ignoreCase) => {
        const source = atoms.map(([atom, times]) => (/^[\\^$]b?$/.test(atom) || atom === '\\b' ? atom : atom + times)).join('');
        fc.pre(source.split('<n>').length <= 2);
        const own = new RegExp(source, ignoreCase ? 'gi' : 'g');
        const linear = new BoundedRegex(own, refused);
        Object.assign(linear, { shortText: -1 }); // no text is short
        let found;
        try {
          found = linear.exec(given);
        } catch (error) {
          fc.pre(!(error as Error).message.includes('RE2'));
          throw error;
        }
        const expected = own.exec(given);
        should(found && { all: [...found], index: found.index }).deepEqual(
          expected && { all: [...expected], index: expected.index },
          String(own),
        );
        if (expected) linear.lastIndex.should.equal(own.lastIndex);
      }),
      { numRuns: 3_000 },
    );
  });

  it('leaves to JavaScript what RE2 cannot say', () => {
    for (const regex of [/a(?=b)/, /(?<!a)b/, /(a)\1/, /((a)|b)+/, /(?:(a*))*/, /^a$/m, /[^]/, /a{2000}/]) {
      const bounded = new BoundedRegex(new RegExp(regex, `${regex.flags}g`), refused);
      (() => bounded.exec('x'.repeat(30_000))).should.throw(/RE2/, String(regex));
    }
  });
});
