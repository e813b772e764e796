import 'should';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPalette } from '../../scripts/build/palette.ts';
import { root } from '../build/built-pack.ts';

describe('The tests of the palette', () => {
  it('are there for each node, and made from its declaration', async () => {
    const missing = (await readPalette(root)).flatMap(({ declaration: { type }, folder }) => {
      const file = `test/nodes/${type}.test.ts`;
      if (!existsSync(join(root, file))) return [`${type} has no ${file}`];
      const text = readFileSync(join(root, file), 'utf8');
      // nodes that do the same in different systems share what they keep
      const shared = [...text.matchAll(/from '\.\/([a-z-]+\.ts)'/g)].map(([, name = '']) =>
        readFileSync(join(root, 'test/nodes', name), 'utf8'),
      );
      const isMade = [text, ...shared].some((one) => /^ *nodeContract\(/m.test(one));
      return text.includes(`${folder}/declaration.ts`) && isMade ? [] : [`${file} is not made from ${folder}`];
    });
    missing.should.deepEqual([]);
  });
});
