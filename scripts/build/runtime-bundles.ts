import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { bundleLate, leaveLate } from './late-files.ts';
import { namesOfLastingFunctions } from './kept-names.ts';
import { coreFile, coreSource, forbidCopies, takeFromCore } from './shared-core.ts';
import { bundleSingles, takeSingles } from './single-copies.ts';
import { smallLibraries } from './small-libraries.ts';

export interface RuntimeEntry {
  /** name of the file in dist, without extension */
  name: string;
  /** path of the source from the root */
  source: string;
}

/** Each in a thread or process of its own. */
const alone: readonly RuntimeEntry[] = [
  // the thread of the embedded store, started by the core
  { name: 'store-thread', source: 'engine/sqlite/store-thread.ts' },
  // the process for expressions that take long, started by the core
  { name: 'expression-process', source: 'runtime/expressions/expression-process.ts' },
  // run by people, without Node-RED
  { name: 'ps-connect-apis', source: 'commands/ps-connect-apis.ts' },
  { name: 'ps-connect-journal', source: 'commands/ps-connect-journal.ts' },
];

/**
 * Bundles for Node-RED's loader: CommonJS, because 4.1 cannot load ES modules everywhere and a `.mjs` node never works.
 * What package.json lists under `dependencies` stays outside; everything else is bundled. What the entries import of the shared
 * rooms goes into one file, `core.js`, that is loaded once.
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
  // what is large is made smaller
  const small = { ...shared, minifyWhitespace: true, minifySyntax: true, plugins: [takeSingles, smallLibraries] } satisfies BuildOptions;
  const singles = await bundleSingles(dist, small);
  for (const { name, source } of alone) {
    // what goes wrong there comes over as a failure, or is said in words: nobody reads where
    if (existsSync(join(root, source)))
      await build({ ...small, minifyIdentifiers: true, entryPoints: [source], outfile: join(dist, `${name}.js`) });
  }
  if (entries.length === 0) return;
  const imported = new Set<string>();
  const nodes = await build({
    ...shared,
    minifySyntax: true,
    minifyWhitespace: true, // there are many, and each begins with the same lines
    metafile: true,
    entryPoints: entries.map((entry) => ({ in: entry.source, out: entry.name })),
    outdir: dist,
    plugins: [takeFromCore(root, imported)],
    // Node-RED takes the exported function itself; esbuild puts a default export under `default`.
    footer: { js: 'module.exports = module.exports.default;' },
  });
  const late = new Map<string, string>();
  const core = await build({
    ...small,
    // functions and classes that last are told their names, for whoever reads where an error came from
    minifyIdentifiers: true,
    keepNames: true,
    metafile: true,
    stdin: { contents: coreSource(imported), resolveDir: root, sourcefile: coreFile },
    outfile: join(dist, coreFile),
    plugins: [...small.plugins, leaveLate(root, late)],
  });
  const libraries = await bundleLate(late, dist, shared);
  const coreAt = join(dist, coreFile);
  writeFileSync(coreAt, namesOfLastingFunctions(readFileSync(coreAt, 'utf8')));
  forbidCopies({ ...core.metafile.outputs, ...nodes.metafile.outputs, ...libraries, ...singles });
}
