import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleRuntime } from '../../scripts/build/runtime-bundles.ts';
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
 * the plain nodes of this one, and its own node that makes effects: how a node is made is the product's. `nodes` = folders of further nodes, by type.
 */
export async function buildPalette(product = root, nodes: Record<string, string> = {}): Promise<Palette & { folder: string }> {
  const folder = mkdtempSync(join(scratch(), 'palette-'));
  const pack = join(folder, 'pack');
  const plain = join(folder, 'plain');
  const entries = [
    { name: 'ps-connect', source: 'runtime/plugin.ts' },
    { name: 'business-event-in', source: 'nodes/business/event-in/node.ts' },
    { name: 'bench-effect', source: 'bench/palette/bench-effect.ts' },
    ...Object.entries(nodes).map(([name, folder]) => ({ name, source: `nodes/${folder}/node.ts` })),
  ];
  await bundleRuntime({ root: product, dist: pack, entries, external: dependenciesOf(product) });
  const plainNodes = ['bench-pump', 'bench-count'];
  const plainEntries = plainNodes.map((name) => ({ name, source: join(root, 'bench/palette', `${name}.ts`) }));
  await bundleRuntime({ root: product, dist: plain, entries: plainEntries, external: dependenciesOf(product) });
  const packNodes = entries.slice(1).map(({ name }) => name);
  describe(pack, '@psconnect/node-red-professional-services', packNodes, { 'ps-connect': './ps-connect.js' });
  describe(plain, 'bench-plain', plainNodes, {});
  return { folder, pack, plain };
}

function dependenciesOf(product: string): string[] {
  const { dependencies } = JSON.parse(readFileSync(join(product, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  return Object.keys(dependencies);
}

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
