import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** What the core and what runs beside it both need: a file in `dist` of its own, of which there is one copy. */
const singles = [
  // the English words of all failures
  { file: 'failure-words.js', imported: /\/en-US\/failures\.generated\.ts$/, from: 'locales/en-US/failures.generated.ts' },
  // the contracts: the store looks for personal data by them, too
  { file: 'contract-schemas.js', imported: /\/schemas\.ts$/, from: 'model/schemas.ts' },
  // nearly all of the process for expressions, and a tenth of the core
  { file: 'linear-expressions.js', imported: /^re2js$/, library: 're2js' },
] as const;

/** Takes them from their files. */
export const takeSingles: Plugin = {
  name: 'take-singles',
  setup({ onResolve, initialOptions: { absWorkingDir = '' } }) {
    for (const single of singles.filter((one) => isThere(absWorkingDir, one))) {
      onResolve({ filter: single.imported }, () => ({ path: `./${single.file}`, external: true }));
    }
  },
};

/** @param options without the plugins of who takes them */
export async function bundleSingles(dist: string, { plugins: _none, ...options }: BuildOptions): Promise<Metafile['outputs']> {
  const outputs: Metafile['outputs'] = {};
  for (const single of singles) {
    if (!isThere(options.absWorkingDir ?? '', single)) continue;
    // nobody reads a library here: its names are made small, too
    const [entry, minify] = 'library' in single ? [single.library, true] : [single.from, false];
    const made = await build({
      ...options,
      ...(minify ? { minify } : {}),
      metafile: true,
      entryPoints: [entry],
      outfile: join(dist, single.file),
    });
    Object.assign(outputs, made.metafile.outputs);
  }
  return outputs;
}

function isThere(root: string, single: (typeof singles)[number]): boolean {
  if (!('library' in single)) {
    const file = join(root, single.from);
    // a default is another thing to who imports it from CommonJS; checkouts of before have one (bench -- --against)
    return existsSync(file) && !/^export default/m.test(readFileSync(file, 'utf8'));
  }
  try {
    return createRequire(join(root, 'package.json')).resolve(single.library) !== '';
  } catch {
    return false;
  }
}
