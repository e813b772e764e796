import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import should from 'should';
import { bundleRuntime } from '../../scripts/build/runtime-bundles.ts';

const load = createRequire(import.meta.url);

describe('What nodes import, each from where it is,', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'psconnect-bundles-'));
    write('dist/package.json', '{"type":"commonjs"}');
    write('runtime/tickets.ts', "import { step } from '../model/step.ts';\nlet last = 0;\nexport const ticket = () => (last += step);\n");
    write('model/step.ts', 'export const step = 1;\nexport class Mark {}\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (file: string, text: string) => {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const bundle = (...names: string[]) =>
    bundleRuntime({
      root,
      dist: join(root, 'dist'),
      entries: names.map((name) => ({ name, source: `nodes/shop/${name}/node.ts` })),
      external: [],
    });
  const loaded = (name: string) => load(join(root, 'dist', `${name}.js`)) as () => unknown;

  it('is there once: a number given to one node is not given to another', async () => {
    for (const name of ['till', 'desk']) {
      write(`nodes/shop/${name}/node.ts`, "import { ticket } from '../../../runtime/tickets.ts';\nexport default ticket;\n");
    }
    await bundle('till', 'desk');
    should([loaded('till')(), loaded('desk')(), loaded('till')()]).eql([1, 2, 3]);
  });

  it('is the same thing to a node and to what the node calls, at whatever depth it was imported', async () => {
    write('runtime/stamp.ts', "import { Mark } from '../model/step.ts';\nexport const stamp = () => new Mark();\n");
    write(
      'nodes/shop/till/is-marked.ts',
      "import { Mark } from '../../../model/step.ts';\nexport const isMarked = (a: unknown) => a instanceof Mark;\n",
    );
    write(
      'nodes/shop/till/node.ts',
      "import { stamp } from '../../../runtime/stamp.ts';\nimport { isMarked } from './is-marked.ts';\nexport default () => isMarked(stamp());\n",
    );
    await bundle('till');
    should(loaded('till')()).equal(true);
  });

  it('cannot be told from a copy by accident: what two nodes hold between them fails the build, and says where', async () => {
    write('nodes/shop/till/drawer.ts', 'export const drawer = new Map();\n');
    write('nodes/shop/till/node.ts', "import { drawer } from './drawer.ts';\nexport default () => drawer;\n");
    write('nodes/shop/desk/node.ts', "import { drawer } from '../till/drawer.ts';\nexport default () => drawer;\n");
    await bundle('till', 'desk').should.be.rejectedWith(
      /nodes\/shop\/till\/drawer\.ts would be in .*(till|desk)\.js and in .*(till|desk)\.js/,
    );
  });
});
