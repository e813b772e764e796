import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPack } from '../../scripts/build/build-pack.ts';
import { npm } from './npm-command.ts';

const run = promisify(execFile);

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm publish` would send. */
export interface PackedPack {
  /** the .tgz */
  tarball: string;
  files: { path: string; size: number }[];
  /** bytes of the tarball, and of what it becomes */
  size: number;
  unpackedSize: number;
  shasum: string;
  /** a folder with what the tarball holds */
  from: string;
  remove(): void;
}

/** What stands beside `dist` and `examples` in the package when it is there. */
const beside = ['package.json', '.gitignore', '.npmignore', 'README.md', 'LICENSE', 'CHANGELOG.md', 'THIRD_PARTY.md'];

/** The tarball that PSCONNECT_TARBALL names, as `npm pack` made it, or else one made here. */
export function packedPack(): Promise<PackedPack> {
  const given = process.env['PSCONNECT_TARBALL'];
  return given ? unpacked(given) : freshlyPacked();
}

/**
 * Builds and packs in a folder of its own, so that nothing an earlier build left behind gets into the judgement and a
 * build that runs at the same time is not disturbed.
 */
export async function freshlyPacked(): Promise<PackedPack> {
  const from = newFolder();
  await buildPack({ root, out: from, partial: true });
  for (const file of beside) if (existsSync(join(root, file))) cpSync(join(root, file), join(from, file));
  const [{ filename }] = JSON.parse(await npm(['pack', '--json', '--ignore-scripts'], from)) as [{ filename: string }];
  const tarball = join(from, filename);
  const { remove, ...rest } = await unpacked(tarball);
  return {
    ...rest,
    remove: () => {
      remove();
      rmSync(from, { recursive: true, force: true });
    },
  };
}

async function unpacked(tarball: string): Promise<PackedPack> {
  const folder = newFolder();
  await run('tar', ['-xzf', tarball, '-C', folder]);
  const from = join(folder, 'package');
  const files = globSync('**', { cwd: from, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(from, file).replaceAll('\\', '/'), size: statSync(file).size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    tarball,
    files,
    size: statSync(tarball).size,
    unpackedSize: files.reduce((sum, file) => sum + file.size, 0),
    shasum: createHash('sha1').update(readFileSync(tarball)).digest('hex'),
    from,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function newFolder(): string {
  mkdirSync(join(root, '.tmp'), { recursive: true });
  return mkdtempSync(join(root, '.tmp', 'pack-'));
}

export interface Manifest {
  name: string;
  license?: string;
  repository?: unknown;
  bugs?: unknown;
  keywords?: string[];
  dependencies?: Record<string, string>;
  bundleDependencies?: unknown;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  engines?: { node?: string };
  'node-red': { version?: string; nodes: Record<string, string>; plugins: Record<string, string> };
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}
