import { build } from 'esbuild';

/** Bundles a browser entry as one script that can stand inside a page. */
export async function bundleInline(root: string, entry: string, packageName: string): Promise<string> {
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
    define: { PACKAGE_NAME: JSON.stringify(packageName) },
  });
  return result.outputFiles[0]!.text.replaceAll('</script', '<\\/script');
}

/** Bundles the console page to a file beside its HTML. */
export async function bundlePage(root: string, entry: string, outfile: string, packageName: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
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
