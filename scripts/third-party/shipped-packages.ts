import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A package of somebody else that reaches the user: inside our bundles, or installed beside them. */
export interface ShippedPackage {
  name: string;
  version: string;
  licence: string;
  how: 'bundled' | 'installed';
  /** for what is installed on behalf of another package */
  neededBy?: string;
  licenceText: string;
}

interface LockEntry {
  version?: string;
  license?: string;
  dependencies?: Record<string, string>;
}

/** Bundled by scripts/build.ts, each for the place where it runs: packages may give a browser other files than Node. */
const entries = {
  node: ['runtime/plugin.ts', 'nodes/*/*/node.ts'],
  browser: ['nodes/editor/index.ts', 'console/sidebar.ts', 'console/page.ts'],
} as const;

/** Everything that a user of the published package gets from others, by name. */
export async function shippedPackages(root: string): Promise<ShippedPackage[]> {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies?: Record<string, string> };
  const direct = Object.keys(dependencies);
  const installed = installedWith(root, direct);
  const taken = new Set([...installed.values()].map(({ name }) => name));
  const folders = [...(await bundledFolders(root, 'node', direct)), ...(await bundledFolders(root, 'browser', direct))];
  const bundled = [...new Set(folders)].filter((folder) => !taken.has(nameOf(folder)));
  return [
    ...bundled.map((folder) => described(root, folder, { how: 'bundled' })),
    ...[...installed].map(([folder, { neededBy }]) => described(root, folder, { how: 'installed', ...(neededBy ? { neededBy } : {}) })),
  ].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function bundledFolders(root: string, platform: keyof typeof entries, external: string[]): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: globSync([...entries[platform]], { cwd: root }),
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'not-written',
    splitting: true,
    platform,
    format: 'esm',
    external: [...external, 'node-red', '@node-red/*', 'node:*'],
    loader: { '.css': 'text', '.svg': 'text', '.html': 'text' },
    define: { PACKAGE_NAME: '""' },
    logLevel: 'silent',
  });
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return used.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
}

/** What npm installs with the package, by folder: the dependencies and what they need, from the lock file. */
function installedWith(root: string, direct: string[]): Map<string, { name: string; neededBy?: string }> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockEntry> };
  const found = new Map<string, { name: string; neededBy?: string }>();
  const add = (name: string, parent?: string) => {
    const folder = [`${parent ?? ''}/node_modules/${name}`, `node_modules/${name}`].find((path) => packages[path]);
    if (!folder || found.has(folder)) return;
    found.set(folder, { name, ...(parent ? { neededBy: nameOf(parent) } : {}) });
    for (const child of Object.keys(packages[folder]?.dependencies ?? {})) add(child, folder);
  };
  for (const name of direct) add(name);
  return found;
}

const nameOf = (folder: string) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);

function described(root: string, path: string, how: Pick<ShippedPackage, 'how' | 'neededBy'>): ShippedPackage {
  const folder = join(root, path);
  const name = nameOf(path);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string; license?: string };
  const [file] = globSync('{LICEN[CS]E,licen[cs]e,COPYING}*', { cwd: folder });
  return { name, version, licence: license ?? 'unknown', ...how, licenceText: file ? readFileSync(join(folder, file), 'utf8').trim() : '' };
}
