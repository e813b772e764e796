import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** Of the metrics library what we use: the rest measures Node.js, and asks OpenTelemetry for it. */
const promClient = ['registry', 'counter', 'gauge', 'histogram']
  .map((part) => `exports.${part.charAt(0).toUpperCase()}${part.slice(1)} = require('./lib/${part}');`)
  .join('\n');

/** Nobody reads the code of libraries here: it is made as small as it gets, before it is bundled. */
export const smallLibraries: Plugin = {
  name: 'small-libraries',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]prom-client[\\/]index\.js$/ }, () => ({ contents: promClient, loader: 'js' }));
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { minify: true, legalComments: 'none', sourcefile: path });
      return { contents: code, loader: 'js' };
    });
  },
};
