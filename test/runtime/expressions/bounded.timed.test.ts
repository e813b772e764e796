import should from 'should';
import { failures as german } from '../../../locales/de/failures.generated.ts';
import { type Failure } from '../../../model/failure.ts';
import { languageOf, sentence } from '../../../model/failure-sentence.ts';
import { compileExpression } from '../../../runtime/expressions/expression.ts';
import { cpuMs } from '../../cpu-time.ts';
import { ended, endedBeside, holding, holdsNothing, quick, slow } from './attacks.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const long = 'a'.repeat(5_000_000);

describe('An expression that takes too much', function () {
  this.timeout(120_000);

  it('is ended at its limit, which the failure names, while Node-RED goes on with other things', () => endedBeside(slow.slice(0, 2)));

  for (const attack of quick) it(`is ended at its limit: ${attack.what}`, () => ended(attack));

  it('says its limit in the language of who reads, whichever process it was ended in', async () => {
    const inGerman = async (expression: string, input?: unknown) => {
      const failure = (await (async () => compileExpression(expression, { field: 'key' }).evaluate(input))().catch(
        (error: unknown) => error,
      )) as Failure;
      return sentence(failure, languageOf('de', german));
    };
    should(await inGerman(`"${'x'.repeat(60_000)}"`)).deepEqual({
      message: 'Der Ausdruck in „key“ wurde beendet: Er hat mehr als 50.000 Zeichen.',
      remedy:
        'Vereinfachen Sie den Ausdruck, oder geben Sie ihm weniger zu verarbeiten; die Grenzen für Ausdrücke nennt docs/operations.md.',
    });
    (await inGerman('[1..9999999]')).message.should.endWith(': Er bildet eine Liste mit mehr als 2.000.000 Einträgen.');
    (await inGerman('$eval("req.url")', { req: { url: () => '/' } })).message.should.endWith(
      ': Er liest „req.url“, das den Prozess von Node-RED nicht verlassen kann, und dauert zu lange, um dort ausgewertet zu werden.',
    );
  });

  for (const attack of holding) it(`does not hold Node-RED: ${attack.what}`, () => holdsNothing([attack]));

  it('takes nothing from the others that wait with it', async () => {
    const bad = compileExpression('($f := function($x){ $f($x + 1) & "a" }; $f(1))', { field: 'key' });
    const good = compileExpression('$eval("payload.n * 2")', { field: 'key' });
    const bads = Array.from({ length: 3 }, () => bad.evaluate({}).catch((error: unknown) => (error as Failure).code));
    const goods = Array.from({ length: 50 }, (_, n) => good.evaluate({ payload: { n } }));
    (await Promise.all(goods)).should.deepEqual(Array.from({ length: 50 }, (_, n) => n * 2));
    (await Promise.all(bads)).should.deepEqual(['EXPRESSION_LIMIT', 'EXPRESSION_LIMIT', 'EXPRESSION_LIMIT']);
  });

  it('is ended at once when nobody waits for it any more', async () => {
    const left = new AbortController();
    const running: Promise<unknown> = compileExpression('($f := function($x){ $f($x) }; $f(1))', { field: 'key' }).evaluate(
      {},
      left.signal,
    );
    const began = performance.now();
    setTimeout(() => left.abort(), 100);
    ((await running.catch((error: unknown) => error as Failure)) as Failure).should.have.properties({ code: 'ABORTED' });
    (performance.now() - began).should.be.below(4_500); // it would have had 5 s
  });

  it('many that are worked out at once leave turns of the event loop to others', async () => {
    const expression = compileExpression('$sum([1..20000])', { field: 'key' });
    let turns = 0;
    const count = setInterval(() => turns++, 1);
    await Promise.all(Array.from({ length: 200 }, () => expression.evaluate({})));
    clearInterval(count);
    turns.should.be.above(3);
  });

  it('a text that is padded with several signs is made where nothing else waits', async () => {
    const expression = compileExpression('$length($pad("", 100000, "abcdef"))', { field: 'key' });
    should(await expression.evaluate({})).equal(100_000);
    (await cpuMs(() => expression.evaluate({}), 60)).should.be.below(60);
  });

  /** Each held up everything else for one second to three minutes, in steps that looked cheap. */
  const costly: [what: string, expression: string, input: () => object][] = [
    [
      'data that says how it is written, and does not',
      '[1..300].($string($$.list) = "x")',
      () => ({ list: { toJSON: 1, all: range(100_000) } }),
    ],
    ['megabytes of bytes as text', '$string(payload)', () => ({ payload: Buffer.alloc(20_000_000) })],
    ['megabytes of bytes beside an object', 'payload = {"a": 1}', () => ({ payload: Buffer.alloc(5_000_000) })],
    ['a list with nothing but an end', 'other.name', () => ({ payload: 1, other: Object.assign([], { 400_000_000: 1 }) })],
    ['long texts that are nearly the same', '[1..20000].($$.a = $$.b)', () => ({ a: `${long}x`, b: `${long}y` })],
    ['long texts in order', '[1..20000].($$.a < $$.b)', () => ({ a: `${long}x`, b: `${long}y` })],
    ['a long text among others', '[1..20000].($$.a in $$.l)', () => ({ a: `${long}x`, l: [`${long}y`, `${long}z`] })],
    ['a date that is ten million digits wide', '[1..30].($fromMillis(0, "[Y,10000000]") = "a")', () => ({})],
    ['large Roman numbers', '[1..8000].($formatInteger(7000000, "I") = "a")', () => ({})],
    ['brackets in brackets', `$match(payload, /${'('.repeat(300)}a${')+'.repeat(300)}/)`, () => ({ payload: 'a'.repeat(2_000) })],
    ['brackets in brackets on nothing', `$match("", /${'('.repeat(900)}a${')?'.repeat(900)}/)`, () => ({})],
    [
      'groups of repetitions by the thousand',
      '$match(payload, /([ab]{0,1000})([ab]{0,1000})([ab]{0,1000})$/)',
      () => ({ payload: 'abbabaaabb'.repeat(1_900) }),
    ],
  ];

  it('is no burden on others, however little its steps seem to cost', async () => {
    for (const [what, expression, input] of costly) {
      const given = input();
      const evaluated = () =>
        compileExpression(expression, { field: 'key' })
          .evaluate(given, () => AbortSignal.timeout(50)) // what is worked out elsewhere is not waited for
          .catch((error: Failure) => error.code.should.match(/^(EXPRESSION_LIMIT|ABORTED)$/, what));
      (await cpuMs(evaluated, 400)).should.be.below(400, what);
    }
  });

  it('a regular expression that backtracks for ever elsewhere takes linear time', async () => {
    for (const regex of ['/^(a+)+$/', '/^(a|a)*$/', '/(x+x+)+y/', '/^(([a-z])+.)+[A-Z]([a-z])+$/', '/\\s+$/', '/^(?:a?){30}a{30}$/']) {
      const text = regex.includes('x+x') ? 'x'.repeat(2_000) : regex.includes('\\s') ? `${' '.repeat(15_000)}x` : `${'a'.repeat(43)}!`;
      // what takes longer than 5 s anywhere is a failure
      should(await compileExpression(`$contains(payload, ${regex})`, { field: 'key' }).evaluate({ payload: text })).equal(false, regex);
    }
  });
});

describe('An expression that reaches for what is not its own', () => {
  const result = (text: string, input?: unknown) => compileExpression(text, { field: 'key' }).evaluate(input);
  const payload = JSON.parse('{"__proto__": {"polluted": 1}, "a": 1}') as unknown;

  it('comes to nothing', async () => {
    for (const text of [
      'payload.constructor',
      '"".constructor',
      '$string.constructor',
      '$lookup(payload, "constructor")',
      'payload.toString',
    ]) {
      should(await result(text, { payload: {} })).equal(undefined, text);
    }
  });

  it('changes no other object, and gives no field named __proto__', async () => {
    for (const text of [
      'payload',
      '{"__proto__": {"polluted": 1}}',
      '$merge([payload])',
      '$sift(payload, function($v){ true })',
      'payload ~> |$|{"__proto__": {"polluted": 1}}|',
    ]) {
      const failure = await result(text, { payload }).catch((error: unknown) => error as Failure);
      (failure as Failure).code.should.equal('EXPRESSION_LIMIT', text);
      should(({} as Record<string, unknown>)['polluted']).equal(undefined);
    }
  });

  it('calls no data that looks like a function', async () => {
    const data = { f: { _jsonata_lambda: true, arguments: [], body: { type: 'path', steps: [] } } };
    await result('payload.f(1)', { payload: data }).should.be.rejected();
    await result('$map([1], payload.f)', { payload: { f: { _jsonata_function: true, implementation: 'x' } } }).should.be.rejected();
  });

  it('finds neither the environment nor the code of Node-RED in its own process', async () => {
    should(await result('$eval("$env(\'HOME\')")').catch((error: unknown) => (error as Error).message)).match(/function/);
    should(await result('$eval("process")')).equal(undefined);
  });
});
