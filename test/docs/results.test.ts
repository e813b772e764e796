import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { asks } from '../../declarations/node-declaration.ts';
import { operationIds, operations } from '../../declarations/operations.ts';
import schemas from '../../model/result-schemas.ts';
import { type PaletteNode, readPalette } from '../../scripts/build/palette.ts';
import type { Schema } from '../../scripts/docs/contract-tables.ts';
import { root } from './documents.ts';

const named = (name: string) => (schemas as Record<string, Schema>)[name]!;
const meant = (schema: Schema): Schema => (schema.$ref ? named(schema.$ref.replace('#/$defs/', '')) : schema);

/** The fields of what stands in the message, or of each of its elements. */
function fieldsIn(answers: string, result: string): string[] {
  const all = named(answers);
  // `erp.customers` is the result's own list of that name
  const there = all.properties?.[result.split('.').at(-1)!] ?? all;
  return Object.keys((there.items ? meant(there.items) : there).properties ?? {});
}

describe('What an operation answers', () => {
  let palette: PaletteNode[];
  before(async () => {
    palette = await readPalette(root);
  });

  for (const id of operationIds) {
    const { answers, result, shape } = operations[id];
    // of a list that it reads, a node tells what it makes of it
    if (!result || shape === 'list') continue;

    it(`is explained field by field in the help of the nodes that do ${id}`, () => {
      const fields = fieldsIn(answers, result);
      fields.length.should.be.above(0);
      const nodes = palette.filter(({ declaration }) => asks(declaration, id)).map(({ declaration }) => declaration.type);
      nodes.length.should.be.above(0);
      for (const language of readdirSync(join(root, 'locales'))) {
        for (const node of nodes) {
          const outputs = readFileSync(join(root, 'locales', language, `${node}.md`), 'utf8').split('### ')[2]!;
          const line = outputs.split('\n').find((one) => one.includes(`\`${result}\``));
          should(fields.filter((field) => !line?.includes(`\`${field}\``))).deepEqual([], `${language}/${node}.md, ${result}`);
        }
      }
    });
  }
});
