import { relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** The file in `dist` with all that nodes share. */
export const coreFile = 'core.js';

/** What lies in these is shared: its state (stores, connections, runs) exists once in a process. */
const sharedRooms = /^(?:runtime|engine|connectors|declarations|model)\//;

const byCore = 'by-core';

/**
 * Takes an import of a shared module out of the core, `require('./core.js')['runtime/pack.ts']`, and notes in `imported` that the core must have
 * it. So a node imports what it needs from where it is, and carries no copy.
 */
export function takeFromCore(root: string, imported: Set<string>): Plugin {
  return {
    name: 'take-from-core',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, namespace, kind }) => {
        if (kind === 'entry-point') return undefined;
        if (namespace === byCore) return { path, external: true };
        const file = relative(root, resolve(resolveDir, path)).replaceAll('\\', '/');
        if (!sharedRooms.test(file)) return undefined;
        imported.add(file);
        return { path: file, namespace: byCore, sideEffects: false };
      });
      onLoad({ filter: /^/, namespace: byCore }, ({ path }) => ({
        contents: `module.exports = require('./${coreFile}')[${JSON.stringify(path)}];`,
      }));
    },
  };
}

/** The source of the core: every module that a node imports, under its path. */
export function coreSource(imported: ReadonlySet<string>): string {
  return [...imported]
    .sort()
    .map((file) => `export * as ${JSON.stringify(file)} from ${JSON.stringify(`./${file}`)};\n`)
    .join('');
}

/** By output, the files that went into it: as esbuild tells it. */
export type Outputs = Record<string, { inputs: Record<string, unknown> }>;

/** State in a copied module would exist once for each copy: a second store, a second token cache. */
export function forbidCopies(outputs: Outputs): void {
  const holders = new Map<string, string>();
  for (const [output, { inputs }] of Object.entries(outputs)) {
    for (const file of Object.keys(inputs)) {
      if (file.startsWith(`${byCore}:`)) continue;
      const other = holders.get(file);
      if (other) throw new Error(`${file} would be in ${other} and in ${output}: what two files need stands in a room that is shared`);
      holders.set(file, output);
    }
  }
}
