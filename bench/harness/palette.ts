import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { scratch } from './scratch.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds the pack's core, plugin and **event in** and the benchmark's own nodes as the product is built, into folders of this run:
 * what is measured is the source as it is now, whatever happens to `dist/` meanwhile.
 */
export async function buildPalette(): Promise<{ folder: string; pack: string; plain: string }> {
  const folder = mkdtempSync(join(scratch(), 'palette-'));
  const pack = join(folder, 'pack');
  const plain = join(folder, 'plain');
  await bundle(pack, { core: 'runtime/core.ts', 'store-thread': 'engine/sqlite/store-thread.ts' }, []);
  const nodes = { 'business-event-in': 'nodes/business/event-in/node.ts', 'bench-effect': 'bench/palette/bench-effect.ts' };
  await bundle(pack, { 'ps-connect': 'runtime/plugin.ts', ...nodes }, [useCore]);
  await bundle(plain, { 'bench-pump': 'bench/palette/bench-pump.ts' }, []);
  describe(pack, '@psconnect/node-red-professional-services', Object.keys(nodes), { 'ps-connect': './ps-connect.js' });
  describe(plain, 'bench-plain', ['bench-pump'], {});
  return { folder, pack, plain };
}

async function bundle(outdir: string, entryPoints: Record<string, string>, plugins: Plugin[]): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    plugins,
    bundle: true,
    platform: 'node',
    target: 'node22.9',
    format: 'cjs',
    external: [...Object.keys(dependencies), 'node-red', '@node-red/*', 'node:*'],
    logLevel: 'error',
    ...('core' in entryPoints ? {} : { footer: { js: 'module.exports = module.exports.default;' } }),
  });
}

/** One core for the plugin and all nodes, as in the product (scripts/build/runtime-bundles.ts). */
const useCore: Plugin = {
  name: 'use-core',
  setup(build) {
    build.onResolve({ filter: /core\.ts$/ }, ({ path, resolveDir }) =>
      resolve(resolveDir, path) === join(root, 'runtime/core.ts') ? { path: './core.js', external: true } : undefined,
    );
  },
};

function describe(folder: string, name: string, types: string[], plugins: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  const nodes = Object.fromEntries(types.map((type) => [type, `${type}.js`]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '0.0.0', type: 'commonjs', 'node-red': { nodes, plugins } }));
  for (const type of types) {
    writeFileSync(
      join(folder, `${type}.html`),
      `<script type="text/javascript">RED.nodes.registerType('${type}', { category: 'benchmark', defaults: {}, inputs: 1, outputs: 1 });</script>`,
    );
  }
}
