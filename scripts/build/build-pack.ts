import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bundleConsole, bundleInline } from './browser-bundles.ts';
import { languages, nodeCatalogue, pluginCatalogue, wordsOfNode } from './catalogue.ts';
import { helpHtml, helpScript } from './help.ts';
import { nodePage, registration } from './node-page.ts';
import { pluginName } from './package-map.ts';
import { type PaletteNode, readPalette } from './palette.ts';
import { bundleRuntime, type RuntimeEntry } from './runtime-bundles.ts';

export interface BuildOptions {
  /** the repository */
  root: string;
  /** where `dist/` and `examples/` go; the repository itself unless a test wants them elsewhere */
  out?: string;
  /** leave out what does not exist yet, with a warning, instead of failing */
  partial?: boolean;
}

export interface BuildResult {
  warnings: string[];
  files: number;
}

const mainLanguage = 'en-US';

/** Makes what Node-RED loads: flat `dist/`, because icons and locales are looked for beside each node's file only. */
export async function buildPack({ root, out = root, partial = false }: BuildOptions): Promise<BuildResult> {
  const dist = join(out, 'dist');
  const warnings: string[] = [];
  const missing = (what: string) => {
    if (!partial) throw new Error(`${what} is missing (--partial builds without it)`);
    warnings.push(`${what} is missing`);
  };
  const { name: packageName, dependencies } = readPackage(root);
  const palette = await readPalette(root);

  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n');

  const entries: RuntimeEntry[] = [
    { name: pluginName, source: 'runtime/plugin.ts' },
    { name: 'structured-log', source: 'runtime/telemetry/structured-log.ts' },
    ...palette.map((node) => ({ name: node.declaration.type, source: node.runtime })),
  ].filter((entry) => {
    const there = existsSync(join(root, entry.source));
    if (!there) missing(entry.source);
    return there;
  });

  writeCatalogues(root, dist, palette);
  await Promise.all([
    bundleRuntime({ root, dist, entries, external: Object.keys(dependencies) }),
    writeConsole(root, dist, packageName, missing).then(() => writePlugin(root, dist, packageName, missing)),
  ]);
  writePages(root, dist, packageName, palette);
  copyIcons(root, dist, palette, missing);
  copyExamples(root, out);
  return { warnings, files: globSync('**/*.*', { cwd: dist }).length };
}

function readPackage(root: string): { name: string; dependencies: Record<string, string> } {
  const { name, dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
  };
  return { name, dependencies };
}

/** The page of the plugin: what the forms share, and what brings the sidebar. */
async function writePlugin(root: string, dist: string, packageName: string, missing: (what: string) => void): Promise<void> {
  const scripts = [await bundleInline(root, 'nodes/editor/index.ts', { PACKAGE_NAME: packageName })];
  const sidebar = join(dist, 'console', 'sidebar.js');
  if (existsSync(sidebar)) {
    const address = `ps-connect/sidebar.js?v=${versionOf(readFileSync(sidebar))}`;
    scripts.push(await bundleInline(root, 'console/bring-sidebar.ts', { PACKAGE_NAME: packageName, SIDEBAR: address }));
  } else missing('console/sidebar.ts');
  const style = readFileSync(join(root, 'nodes/editor/form.css'), 'utf8');
  const page = [`<style>\n${style}</style>`, ...scripts.map((script) => `<script type="text/javascript">\n${script}</script>`)];
  writeFileSync(join(dist, `${pluginName}.html`), `${page.join('\n')}\n`);
}

async function writeConsole(root: string, dist: string, packageName: string, missing: (what: string) => void): Promise<void> {
  const entries = ['console/page.ts', 'console/sidebar.ts'];
  for (const entry of entries) if (!existsSync(join(root, entry))) return missing(entry);
  const target = join(dist, 'console');
  mkdirSync(target, { recursive: true });
  await bundleConsole(root, entries, target, packageName);
  for (const file of globSync('console/*.{html,css,svg,ico}', { cwd: root })) cpSync(join(root, file), join(target, basename(file)));
  for (const file of ['page.js', 'page.css']) addressByContent(target, file);
  linkLanguages(root, dist);
}

/** The page gets the words of its language from where Node-RED has them, and says itself where that is (`console/page-words.ts`). */
function linkLanguages(root: string, dist: string): void {
  const links = languages(root)
    .filter((language) => language !== mainLanguage)
    .map((language) => {
      const version = versionOf(readFileSync(join(dist, 'locales', language, `${pluginName}.json`)));
      return `<link rel="alternate" hreflang="${language}" type="application/json" href="words/${language}.json?v=${version}" />`;
    });
  const page = join(dist, 'console', 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', `  ${links.join('\n    ')}\n  </head>`));
}

const versionOf = (content: Buffer) => createHash('sha256').update(content).digest('hex').slice(0, 16);

/** The page asks for a file with the hash of its content, so that a browser may keep it (`console-page.ts`). */
function addressByContent(folder: string, file: string): void {
  const version = versionOf(readFileSync(join(folder, file)));
  const page = join(folder, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replaceAll(`"${file}"`, `"${file}?v=${version}"`));
}

function writePages(root: string, dist: string, packageName: string, palette: readonly PaletteNode[]): void {
  for (const { declaration } of palette) {
    const { type } = declaration;
    if (declaration.succeededBy) {
      writeFileSync(join(dist, `${type}.html`), registration(declaration, packageName));
      continue;
    }
    for (const language of languages(root)) {
      const markdown = readFileSync(join(root, 'locales', language, `${type}.md`), 'utf8');
      const help = helpHtml(markdown, declaration, nodeCatalogue(root, language, type));
      if (language === mainLanguage) writeFileSync(join(dist, `${type}.html`), nodePage(declaration, packageName, help));
      else write(join(dist, 'locales', language, `${type}.html`), `${helpScript(type, help)}\n`);
    }
  }
}

function writeCatalogues(root: string, dist: string, palette: readonly PaletteNode[]): void {
  const json = (language: string, name: string, catalogue: unknown) =>
    write(join(dist, 'locales', language, `${name}.json`), `${JSON.stringify(catalogue)}\n`);
  for (const language of languages(root)) {
    for (const { declaration } of palette)
      json(language, declaration.type, wordsOfNode(nodeCatalogue(root, language, declaration.type), declaration));
    json(language, pluginName, pluginCatalogue(root, language, language === mainLanguage));
  }
}

function copyIcons(root: string, dist: string, palette: readonly PaletteNode[], missing: (what: string) => void): void {
  for (const { declaration } of palette) {
    const icon = join('icons', `${declaration.type}.svg`);
    // Node-RED answers 200 with a default icon for one that is absent: only the build can notice
    if (existsSync(join(root, icon))) cpSync(join(root, icon), join(dist, icon));
    else missing(icon);
  }
}

/** Node-RED finds examples in `<package>/examples` only, and npm drops a symbolic link: they are copied, without the spaces that nobody reads there. */
function copyExamples(root: string, out: string): void {
  const target = join(out, 'examples');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of globSync('flows/*.json', { cwd: root }))
    write(join(target, basename(file)), JSON.stringify(JSON.parse(readFileSync(join(root, file), 'utf8'))));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
