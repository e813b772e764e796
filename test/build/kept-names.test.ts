import 'should';
import should from 'should';
import { transform } from 'esbuild';
import { namesOfLastingFunctions } from '../../scripts/build/kept-names.ts';

const source = `
  exports.lasting = function lasting(list) {
    const doubled = (one) => one * 2;
    function summed(all) { return all.reduce((sum, one) => sum + one, 0); }
    class Held { value = 1; }
    return { sum: summed(list.map(doubled)), names: [doubled.name, summed.name, Held.name], made: list && ((one) => one + 1)(1) };
  };
  exports.arrow = (value) => value && ((again) => again)(value);
  exports.Kept = class Kept { told() { return new Error('x').stack; } };
  const wrapped = (run) => run();
  wrapped(() => { exports.ofModule = function ofModule() { return [1].map((one) => one); }; });
`;

describe('The names of functions in the file that all nodes share', () => {
  const run = (code: string) => {
    const module = { exports: {} as Record<string, never> };
    new Function('exports', code)(module.exports);
    return module.exports as unknown as {
      lasting(list: number[]): { sum: number; names: string[]; made: number };
      arrow: (value: number) => number;
      Kept: new () => object;
      ofModule: () => number[];
    };
  };

  it('stay with what is made once, and are not told again and again to what is made within', async () => {
    const { code } = await transform(source, { minify: true, keepNames: true, format: 'cjs', legalComments: 'none' });
    const made = namesOfLastingFunctions(code);
    const [before, after] = [run(code), run(made)];
    before.lasting([1, 2]).names.should.deepEqual(['doubled', 'summed', 'Held']);
    after.lasting([1, 2]).should.have.properties({ sum: 6, made: 2 });
    after.lasting([1, 2]).names.should.not.containEql('doubled');
    [after.lasting.name, after.Kept.name, after.ofModule.name].should.deepEqual(['lasting', 'Kept', 'ofModule']);
    after.arrow(7).should.equal(7);
    after.ofModule().should.deepEqual([1]);
    const named = (text: string) => text.match(/"(doubled|summed|Held|lasting|Kept|ofModule)"/g) ?? [];
    named(code).length.should.equal(6);
    named(made).length.should.equal(3);
  });

  it('are said to be told in another way, rather than left as they are, when esbuild does it otherwise', () => {
    should(() => namesOfLastingFunctions('var t=(f,n)=>{return Object.defineProperty(f,"name",{value:n})};')).throw(/another way/);
    namesOfLastingFunctions('var a=1;').should.equal('var a=1;');
  });
});
