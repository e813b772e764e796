import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';

/** A palette node as found in the tree. */
export interface PaletteNode {
  declaration: NodeDeclaration;
  /** `nodes/<area>/<name>` */
  folder: string;
  /** its runtime, `node.ts`; may not exist yet */
  runtime: string;
}

/** Every palette node, in the order of their types. The folder tree is the list: there is no other to keep. */
export async function readPalette(root: string): Promise<PaletteNode[]> {
  const files = globSync('nodes/*/*/declaration.ts', { cwd: root });
  const nodes = await Promise.all(
    files.map(async (file) => {
      const { default: declaration } = (await import(pathToFileURL(join(root, file)).href)) as { default: NodeDeclaration };
      return { declaration, folder: dirname(file), runtime: join(dirname(file), 'node.ts') };
    }),
  );
  return nodes.sort((a, b) => a.declaration.type.localeCompare(b.declaration.type));
}
