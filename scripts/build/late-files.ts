import { join, relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/**
 * Leaves out what is imported late (`await import('./event-libraries.ts')`), and notes it in `late` by the name of the file that it becomes: what few
 * installations need is neither read nor compiled when Node-RED starts.
 */
export function leaveLate(root: string, late: Map<string, string>): Plugin {
  return {
    name: 'leave-late',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir, kind }) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = relative(root, resolve(resolveDir, path)).replaceAll('\\', '/');
        const name = `${file.slice(file.lastIndexOf('/') + 1, -'.ts'.length)}.js`;
        if ((late.get(name) ?? file) !== file) throw new Error(`${file} and ${late.get(name)} would both be ${name}`);
        late.set(name, file);
        return { path: `./${name}`, external: true };
      });
    },
  };
}

/** Of a library that can do more than we ask of it, the part that we use. */
const parts = { avsc: 'avsc/etc/browser/avsc-types.js' };
/** Of gRPC what a server needs, and the sharing of load by what servers report: we call one address, and nobody calls us. */
const callsOnly: Plugin = {
  name: 'calls-only',
  setup({ onLoad }) {
    const unused =
      /[\\/]grpc-js[\\/]build[\\/]src[\\/](server(-call|-credentials|-interceptors)?|orca|load-balancer-weighted-round-robin)\.js$/;
    onLoad({ filter: unused }, () => ({ contents: 'exports.setup = () => {};', loader: 'js' }));
  },
};

/** Of the Parquet writer what plain pages of flat tables need: no other encodings, no statistics, no nested or geographic types. */
const plainPages: Plugin = {
  name: 'plain-pages',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]hyparquet-writer[\\/]src[\\/](delta|splitstream|unconvert)\.js$/ }, () => ({ contents: '', loader: 'js' }));
    const flat = 'export const getMaxRepetitionLevel = () => 0, schemaPathResolver = () => {};';
    onLoad({ filter: /[\\/]hyparquet-writer[\\/]src[\\/]schema\.js$/ }, () => ({ contents: flat, loader: 'js' }));
  },
};

/** A file of its own for each. They are libraries: nobody reads them here, so they are made small. */
export async function bundleLate(late: ReadonlyMap<string, string>, dist: string, shared: BuildOptions): Promise<Metafile['outputs']> {
  const outputs: Metafile['outputs'] = {};
  for (const [name, source] of late) {
    const small: BuildOptions = { minify: true, alias: parts, plugins: [callsOnly, plainPages] };
    const made = await build({ ...shared, ...small, metafile: true, entryPoints: [source], outfile: join(dist, name) });
    Object.assign(outputs, made.metafile.outputs);
  }
  return outputs;
}
