import 'should';
import should from 'should';
import { Failure, type Issue } from '../../model/failure.ts';

const long = 'x'.repeat(1_000_000);
const of = (more: object) => new Failure({ class: 'business.rejected', code: 'X', message: 'no', ...more });

describe('A failure of which others said much', () => {
  it('keeps of each text what a person reads', () => {
    const issue: Issue = { code: long, field: long, value: long, message: long, remedy: long };
    const failure = of({
      code: long,
      message: long,
      system: long,
      record: long,
      field: long,
      value: long,
      remedy: long,
      issues: Array(100_000).fill(issue),
    });
    const text = JSON.stringify(failure);
    text.length.should.be.below(60_000);
    failure.stack!.length.should.be.below(10_000);
    failure.message.endsWith('…').should.equal(true);
  });

  it('says how many problems it does not list, also when it is made again of what was stored', () => {
    const issues: Issue[] = Array.from({ length: 1_000 }, (_none, index) => ({
      code: 'A',
      field: `f${index}`,
      message: 'wrong',
      remedy: 'mend',
    }));
    const once = of({ issues });
    const again = new Failure(JSON.parse(JSON.stringify(once.toJSON())) as Failure);
    should(again.toJSON()).deepEqual(once.toJSON());
    once.issues!.length.should.equal(201);
    once.issues!.at(-1)!.should.have.properties({ code: 'MORE', message: 'There are 800 more.' });
  });

  it('holds nothing that a store refuses, and no half letter', () => {
    const failure = of({ message: `a\0b\ud800c`, value: `${'x'.repeat(998)}😀😀` });
    failure.message.should.equal('a\ufffdb\ufffdc');
    failure.value!.isWellFormed().should.equal(true);
  });

  it('takes what a system sends in place of a text', () => {
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    for (const odd of [42, null, { a: 1 }, [1], circle, Symbol('s'), () => 1]) {
      const failure = of({ message: odd, field: odd, issues: [{ message: odd }, null] });
      (typeof JSON.parse(JSON.stringify(failure)).message).should.equal('string');
    }
    should(of({ issues: 'none' }).issues).equal(undefined);
  });
});
