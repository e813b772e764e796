import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** The file in `dist` with the English words of all failures: the core and what runs beside it say them, and there is one copy. */
export const wordsFile = 'failure-words.js';

const source = 'locales/en-US/failures.generated.ts';

/** Takes the words from their file. */
export const takeWords: Plugin = {
  name: 'take-words',
  setup({ onResolve }) {
    onResolve({ filter: /\/en-US\/failures\.generated\.ts$/ }, () => ({ path: `./${wordsFile}`, external: true }));
  },
};

export async function bundleWords(dist: string, { plugins: _none, ...options }: BuildOptions): Promise<Metafile['outputs']> {
  if (!existsSync(join(options.absWorkingDir ?? '', source))) return {};
  const made = await build({ ...options, metafile: true, entryPoints: [source], outfile: join(dist, wordsFile) });
  return made.metafile.outputs;
}
