import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** Nobody reads the code of libraries here: it is made as small as it gets, before it is bundled. */
export const smallLibraries: Plugin = {
  name: 'small-libraries',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { minify: true, legalComments: 'none', sourcefile: path });
      return { contents: code, loader: 'js' };
    });
  },
};
