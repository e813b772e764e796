import fc from 'fast-check';
import should from 'should';
import type { Issue } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import { inexactNumber } from '../../model/exact-json.ts';
import { elementsOf } from '../../runtime/webhook/list-elements.ts';
import { problem } from '../../runtime/webhook/answers.ts';
import { SourceEvents } from '../../runtime/webhook/source-events.ts';
import { cloudEvent } from './webhook-sender.ts';

async function read(body: string | Buffer): Promise<{ elements: Json[]; codes: string[] }> {
  const issues: Issue[] = [];
  const elements: Json[] = [];
  for await (const some of elementsOf(Buffer.from(body), 'body', issues)) elements.push(...some);
  return { elements, codes: issues.map(({ code }) => code) };
}
/** So much that a list is read in several stretches. */
const long = JSON.stringify('x'.repeat(70_000));

describe('A list of very many events', () => {
  it('is read as the parser would read it whole', async () => {
    const element = fc.oneof(fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 }), fc.constant('x"\\'.repeat(30_000)));
    await fc.assert(
      fc.asyncProperty(fc.array(element, { maxLength: 12 }), fc.constantFrom('', ' ', '\n\t'), async (list, space) => {
        const text = `${space}[${list.map((one) => space + JSON.stringify(one)).join(`${space},`)}${space}]${space}`;
        fc.pre(inexactNumber(text) === undefined); // such a number is refused
        const { elements, codes } = await read(text);
        codes.should.deepEqual([]);
        should(elements).deepEqual(JSON.parse(text));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused where the parser would refuse it, wherever in it that is', async () => {
    const broken = [
      ...['[', '[1', '[1,', '[1,]', '[,1]', '[,]', '[1}', '[1]]', '[1],[2]', '[1] x', '[{]}', '["a]', '[1 2]', '[nul]'],
      ...[
        `[${long},]`,
        `[${long},,1]`,
        `[${long},${long}`,
        `[${long},1}`,
        `[${long},1]]`,
        `[${long},{]},1]`,
        `[${long},1] 2`,
        `[${' '.repeat(70_000)},1]`,
      ],
      ...[`[${long}${' '.repeat(9)}"]`, `[${long},"\\"]`],
    ];
    for (const text of broken) {
      (() => JSON.parse(text) as unknown).should.throw();
      (await read(text)).codes.should.deepEqual(['BODY_NOT_JSON'], text.slice(0, 5) + text.slice(-12));
    }
    (await read(Buffer.concat([Buffer.from(`[${long},"`), Buffer.from([0xc3, 0x28]), Buffer.from('"]')]))).codes.should.deepEqual([
      'BODY_NOT_UTF8',
    ]);
  });

  it('is told from what is no list', async () => {
    for (const text of ['{}', '"[]"', '7', '\ufeff{"a":[]}']) (await read(text)).codes.should.deepEqual(['EVENT_SHAPE'], text);
    for (const text of ['', ' ', 'nothing', '{"a":']) (await read(text)).codes[0]!.should.equal('BODY_NOT_JSON', text);
    (await read('\ufeff [ ] ')).should.deepEqual({ elements: [], codes: [] });
  });

  it('is not parsed where it is deeper or larger than an event may be', async () => {
    (await read('['.repeat(5_000_000))).codes.should.deepEqual(['EVENT_DATA']);
    (await read(`[1,${'{"a":'.repeat(200)}1${'}'.repeat(200)}]`)).codes.should.deepEqual(['EVENT_DATA']);
    (await read(`["${'x'.repeat(17 * 1024 * 1024)}"]`)).codes.should.deepEqual(['EVENT_DATA']);
  });

  it('is taken whole or not at all, and what is wrong with it is told by its place', async () => {
    const events = Array.from({ length: 2_000 }, (_, n) => cloudEvent(`E-${n}`, { data: { text: 'x'.repeat(100) } }));
    const source = new SourceEvents({ type: 't', source: '/s', idHeaders: [] });
    const sent = (list: object[]) => source.read('batched', { headers: {}, body: Buffer.from(JSON.stringify(list)) }, 0);
    (await sent(events)).events.map(({ id }) => id).should.deepEqual(events.map((one) => (one as { id: string }).id));
    const wrong = await sent(events.with(1_700, cloudEvent('E', { data: JSON.parse('{"a":{"__proto__":1}}') as object })));
    wrong.events.should.deepEqual([]);
    wrong.issues
      .map(({ code, field, message }) => [code, field, message])
      .should.deepEqual([['EVENT_DATA', '[1700].data', '[1700].data has a field named __proto__.']]);
  });

  it('is answered with the first things that are wrong, and that there may be more', async () => {
    const source = new SourceEvents({ type: 't', source: '/s', idHeaders: [] });
    const wrong = async (count: number) => {
      const body = Buffer.from(JSON.stringify(Array.from({ length: count }, (_, n) => ({ ...cloudEvent(`E-${n}`), source: undefined }))));
      const { issues } = await source.read('batched', { headers: {}, body }, 0);
      return (JSON.parse(problem(400, 'Nothing was taken.', { issues }).text) as { issues: { code: string; message: string }[] }).issues;
    };
    (await wrong(99)).map(({ code }) => code).should.deepEqual(Array(99).fill('EVENT_ATTRIBUTE_MISSING'));
    const many = await wrong(300);
    many.length.should.equal(101);
    many.at(-1)!.should.have.properties({ code: 'MORE', message: 'The first 100 are named; there may be more.' });
  });
});
