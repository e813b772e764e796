import { build } from 'esbuild';

/** Bundles a browser entry as one script that can stand inside a page. */
export async function bundleInline(root: string, entry: string, define: Record<string, string>): Promise<string> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    loader: { '.css': 'text', '.svg': 'text', '.html': 'text' },
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
  });
  return result.outputFiles[0]!.text.replaceAll('</script', '<\\/script');
}

/** Bundles the page of the console and its sidebar in the editor to files beside its HTML: what both need is there once. */
export async function bundleConsole(root: string, entries: readonly string[], folder: string, packageName: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'shared-[hash]',
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    loader: { '.css': 'text', '.svg': 'text', '.html': 'text' },
    define: { PACKAGE_NAME: JSON.stringify(packageName) },
  });
}
