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
      return text.includes(`${folder}/declaration.ts`) && text.includes('nodeContract(') ? [] : [`${file} is not made from ${folder}`];
    });
    missing.should.deepEqual([]);
  });
});
