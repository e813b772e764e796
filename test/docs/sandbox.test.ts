import 'should';
import { document, found, sources } from './documents.ts';

describe('docs/sandbox.md', () => {
  const page = document('docs/sandbox.md');
  const text = (pattern: string | string[]) =>
    sources(pattern)
      .map((source) => source.text)
      .join('\n');

  it('names every control route of the simulators', () => {
    const routes = found(text(['sandbox/simulator.ts', 'sandbox/*/*/*.ts']), /'(\/__sandbox\/\w+)'/g);
    routes.length.should.be.aboveOrEqual(6);
    routes.filter((route) => !page.includes(route)).should.deepEqual([]);
    found(page, /(\/__sandbox\/\w+)/g)
      .filter((route) => !routes.includes(route))
      .should.deepEqual([]);
  });

  it('explains every fault that can be played', () => {
    const [kinds = ''] = /kind: ('[^;]+);/.exec(text('sandbox/faults.ts')) ?? [];
    const names = found(kinds, /'(\w+)'/g);
    names.length.should.be.aboveOrEqual(6);
    names.filter((name) => !page.includes(`| \`${name}\` |`)).should.deepEqual([]);
  });

  it('explains what can go wrong at the event bus', () => {
    const names = found(text('sandbox/salesforce/pubsub/pub-sub-faults.ts'), /case '(\w+)':/g);
    names.length.should.be.aboveOrEqual(10);
    names.filter((name) => !page.includes(`\`${name}\``) && !page.includes(`"kind":"${name}"`)).should.deepEqual([]);
  });

  it('lists every setting that the simulators take', () => {
    const netsuite = found(/const settings[\s\S]*?\n};/.exec(text('sandbox/netsuite/load.ts'))?.[0] ?? '', /^ {2}(\w+): \(/gm);
    const kantata = found(/const SETTINGS[\s\S]*?\n};/.exec(text('sandbox/kantata/load.ts'))?.[0] ?? '', /^ {2}(\w+): \(/gm);
    netsuite.length.should.be.above(5);
    kantata.length.should.be.above(3);
    [...netsuite, ...kantata].filter((name) => !page.includes(`\`${name}\``)).should.deepEqual([]);
  });
});
