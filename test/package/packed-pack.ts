import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPack } from '../../scripts/build/build-pack.ts';
import { npm } from './npm-command.ts';

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
  /** the folder that was packed */
  from: string;
  remove(): void;
}

/** What stands beside `dist` and `examples` in the package when it is there. */
const beside = ['package.json', '.gitignore', '.npmignore', 'README.md', 'LICENSE', 'CHANGELOG.md', 'THIRD_PARTY.md'];

/**
 * Builds and packs in a folder of its own, so that nothing an earlier build left behind gets into the judgement and a
 * build that runs at the same time is not disturbed.
 */
export async function packedPack(): Promise<PackedPack> {
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const from = mkdtempSync(join(root, '.tmp', 'pack-'));
  await buildPack({ root, out: from, partial: true });
  for (const file of beside) if (existsSync(join(root, file))) cpSync(join(root, file), join(from, file));
  const [answer] = JSON.parse(await npm(['pack', '--json', '--ignore-scripts'], from)) as [PackedPack & { filename: string }];
  const { files, size, unpackedSize, shasum, filename } = answer;
  return {
    tarball: join(from, filename),
    files,
    size,
    unpackedSize,
    shasum,
    from,
    remove: () => rmSync(from, { recursive: true, force: true }),
  };
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
