import 'should';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { madeBlocks, madeFiles, withBlocks } from '../../scripts/docs/made-blocks.ts';
import { document, root } from './documents.ts';

describe('Tables in the documents that come from the code', () => {
  let blocks: Awaited<ReturnType<typeof madeBlocks>>;
  before(async () => {
    blocks = await madeBlocks(root);
  });

  it('say what the code says: errors, nodes, contracts, routes, variables', async () => {
    const behind = Object.entries(blocks).filter(([file, made]) => withBlocks(document(file), made) !== document(file));
    const files = Object.entries(await madeFiles(root)).filter(([file, text]) => readFileSync(join(root, file), 'utf8') !== text);
    [...behind, ...files].map(([file]) => `${file} is behind the code: run node scripts/docs.ts`).should.deepEqual([]);
  });

  it('notice when the code has moved on', () => {
    const old = document('docs/errors.md').replace('`quota.exhausted`', '`quota.gone`');
    withBlocks(old, blocks['docs/errors.md'] ?? {}).should.equal(document('docs/errors.md'));
  });

  it('cannot be dropped from a document unseen', () => {
    should(() => withBlocks('# Errors', { classes: 'a table' })).throw(/marks of the block "classes" are missing/);
  });
});
