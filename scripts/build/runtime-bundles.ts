import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

export interface RuntimeEntry {
  /** name of the file in dist, without extension */
  name: string;
  /** path of the source from the root */
  source: string;
}

/** Loaded once and shared by the nodes and the plugin: stores, connections and runs exist once in a process. */
export const core: RuntimeEntry = { name: 'core', source: 'runtime/core.ts' };

/** The thread of the embedded store, started by the core. */
export const storeThread: RuntimeEntry = { name: 'store-thread', source: 'engine/sqlite/store-thread.ts' };

/** Run by people, without Node-RED. */
export const journalCommand: RuntimeEntry = { name: 'ps-connect-journal', source: 'commands/ps-connect-journal.ts' };

/** The process for expressions that take long, started by the core. */
export const expressionProcess: RuntimeEntry = { name: 'expression-process', source: 'runtime/expressions/expression-process.ts' };

/**
 * Bundles for Node-RED's loader: CommonJS, because 4.1 cannot load ES modules everywhere and a `.mjs` node never works.
 * What package.json lists under `dependencies` stays outside; everything else is bundled.
 */
export async function bundleRuntime(options: {
  root: string;
  dist: string;
  entries: readonly RuntimeEntry[];
  external: readonly string[];
}): Promise<void> {
  const { root, dist, entries, external } = options;
  const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22.9',
    format: 'cjs',
    external: [...external, 'node-red', '@node-red/*', 'node:*'],
    legalComments: 'none',
    logLevel: 'silent',
  } satisfies BuildOptions;
  for (const { name, source } of [core, storeThread, expressionProcess, journalCommand]) {
    if (existsSync(join(root, source))) await build({ ...shared, entryPoints: [source], outfile: join(dist, `${name}.js`) });
  }
  if (entries.length === 0) return;
  const { metafile } = await build({
    ...shared,
    metafile: true,
    entryPoints: entries.map((entry) => ({ in: entry.source, out: entry.name })),
    outdir: dist,
    plugins: [useCore(root)],
    // Node-RED takes the exported function itself; esbuild puts a default export under `default`.
    footer: { js: 'module.exports = module.exports.default;' },
  });
  forbidCopiesOfCore(metafile.outputs);
}

/** Any import of the core becomes `require('./core.js')`, so that no node carries a copy of it. */
function useCore(root: string): Plugin {
  const corePath = resolve(root, core.source);
  return {
    name: 'use-core',
    setup(build) {
      build.onResolve({ filter: /\/core\.(ts|js)$/ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path.replace(/\.js$/, '.ts')) === corePath ? { path: './core.js', external: true } : undefined,
      );
    },
  };
}

/** State in a copied module would exist once per node: a second store, a second token cache. */
function forbidCopiesOfCore(outputs: Record<string, { entryPoint?: string; inputs: Record<string, unknown> }>): void {
  for (const { entryPoint, inputs } of Object.values(outputs)) {
    const copied = Object.keys(inputs).filter((file) => file !== entryPoint && /^(engine|runtime|connectors)\//.test(file));
    const allowed = entryPoint?.startsWith('runtime/') ? /^runtime\// : /^$/;
    const wrong = copied.filter((file) => !allowed.test(file));
    if (wrong.length > 0) throw new Error(`${entryPoint} carries its own copy of ${wrong.join(', ')}: import it through ${core.source}`);
  }
}
