import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { scratch } from './scratch.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Folders with nodes: those of the pack, and the benchmark's own that plain Node-RED has, too. */
export interface Palette {
  pack: string;
  plain: string;
}

/**
 * Builds the pack's core, plugin and **event in** and the benchmark's own nodes as the product is built, into folders of this run:
 * what is measured is the source as it is now, whatever happens to `dist/` meanwhile. Of another checkout the product is taken, with
 * the plain nodes of this one, and its own node that makes effects: how a node is made is the product's.
 */
export async function buildPalette(product = root): Promise<Palette & { folder: string }> {
  const folder = mkdtempSync(join(scratch(), 'palette-'));
  const pack = join(folder, 'pack');
  const plain = join(folder, 'plain');
  const own = (name: string) => join(root, 'bench/palette', `${name}.ts`);
  await bundle(product, pack, { core: 'runtime/core.ts', 'store-thread': 'engine/sqlite/store-thread.ts' }, []);
  const nodes = { 'business-event-in': 'nodes/business/event-in/node.ts', 'bench-effect': 'bench/palette/bench-effect.ts' };
  await bundle(product, pack, { 'ps-connect': 'runtime/plugin.ts', ...nodes }, [useCore(product)]);
  const plainNodes = ['bench-pump', 'bench-count'];
  await bundle(product, plain, Object.fromEntries(plainNodes.map((name) => [name, own(name)])), []);
  describe(pack, '@psconnect/node-red-professional-services', Object.keys(nodes), { 'ps-connect': './ps-connect.js' });
  describe(plain, 'bench-plain', plainNodes, {});
  return { folder, pack, plain };
}

async function bundle(product: string, outdir: string, entryPoints: Record<string, string>, plugins: Plugin[]): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(join(product, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  await build({
    absWorkingDir: product,
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

/**
 * One core for the plugin and all nodes, as in the product (scripts/build/runtime-bundles.ts); what the benchmark's nodes import
 * of the product is that of the checkout that is built.
 */
const useCore = (product: string): Plugin => ({
  name: 'use-core',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, importer, resolveDir }) => {
      const own = dirname(importer) === join(root, 'bench/palette');
      const file = own ? join(product, relative(root, resolve(resolveDir, path))) : resolve(resolveDir, path);
      if (file === join(product, 'runtime/core.ts')) return { path: './core.js', external: true };
      return own ? { path: file } : undefined;
    });
  },
});

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
