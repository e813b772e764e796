import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPack } from '../../scripts/build/build-pack.ts';
import { type PaletteNode, readPalette } from '../../scripts/build/palette.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A build of its own for the tests, so that they never judge yesterday's `dist/`. */
export interface BuiltPack {
  /** package root of the build: holds `dist` and `examples` */
  out: string;
  dist: string;
  palette: PaletteNode[];
  warnings: string[];
  read(file: string): string;
  remove(): void;
}

export async function builtPack(): Promise<BuiltPack> {
  // inside the repository, so that the bundles find the packages left outside of them
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const out = mkdtempSync(join(root, '.tmp', 'build-'));
  const { warnings } = await buildPack({ root, out, partial: true });
  const dist = join(out, 'dist');
  return {
    out,
    dist,
    palette: await readPalette(root),
    warnings,
    read: (file) => readFileSync(join(dist, file), 'utf8'),
    remove: () => rmSync(out, { recursive: true, force: true }),
  };
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Names of the examples that are published; none while there are no template flows. */
export function flowFiles(): string[] {
  return existsSync(join(root, 'flows')) ? globSync('flows/*.json', { cwd: root }).sort() : [];
}

export function packageName(): string {
  return (readJson(join(root, 'package.json')) as { name: string }).name;
}
