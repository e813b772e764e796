import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApi } from '../../runtime/admin-api/openapi.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import { packageMap } from '../build/package-map.ts';
import { readPalette } from '../build/palette.ts';
import { apiTable, permissionTable } from './api-table.ts';
import { contractTables } from './contract-tables.ts';
import { classTable, systemErrorTables } from './error-tables.ts';
import { callTable, rightTable, writeTable } from './fact-tables.ts';
import { environmentTable, nodeTable, offerTable, operationTable, settingTables } from './node-tables.ts';
import { resultTables } from './result-tables.ts';
import { severalInstances, storeChoice } from './store-words.ts';
import { listedFacts, nodeFacts } from './system-facts.ts';

/** The parts of the documents that are made from the code: by file, then by name of the block. */
export async function madeBlocks(root: string): Promise<Record<string, Record<string, string>>> {
  const facts = await listedFacts();
  return {
    'README.md': { environment: await environmentTable(root), 'store choice': storeChoice() },
    'docs/operations.md': { 'several instances': severalInstances() },
    'docs/nodes.md': {
      nodes: await nodeTable(root),
      operations: await operationTable(root),
      rights: rightTable(facts),
      calls: callTable(facts),
      results: resultTables(),
      settings: await settingTables(root),
    },
    'docs/business-apis.md': { 'offered operations': await offerTable(root) },
    'docs/in-doubt.md': { writes: writeTable(facts, await nodeFacts(root)) },
    'docs/errors.md': {
      classes: classTable(),
      ...systemErrorTables(),
    },
    'docs/contracts.md': { contracts: contractTables() },
    'docs/api.md': { routes: apiTable(), permissions: permissionTable() },
  };
}

/** Files that are made whole. Of package.json it is what Node-RED reads: the palette, one set for each node. */
export async function madeFiles(root: string): Promise<Record<string, string>> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { 'node-red': object };
  const palette = packageMap((await readPalette(root)).map(({ declaration }) => declaration));
  return {
    'docs/openapi.json': json(openApi(routes)),
    'package.json': json({ ...manifest, 'node-red': { ...manifest['node-red'], ...palette } }),
  };
}

const json = (content: object) => `${JSON.stringify(content, null, 2)}\n`;

/** The text with each block filled in anew; a block whose marks are not there is an error. */
export function withBlocks(text: string, blocks: Record<string, string>): string {
  return Object.entries(blocks).reduce((result, [name, content]) => {
    const [begin, end] = [`<!-- made by scripts/docs.ts: ${name} -->`, `<!-- end of ${name} -->`];
    const from = result.indexOf(begin);
    const to = result.indexOf(end);
    if (from < 0 || to < from) throw new Error(`The marks of the block "${name}" are missing.`);
    return `${result.slice(0, from + begin.length)}\n\n${content}\n\n${result.slice(to)}`;
  }, text);
}
