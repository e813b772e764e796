import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '../../scripts/build/catalogue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Of a checkout, what is no source. */
const leftOut = new Set(['node_modules', '.git', 'dist', 'examples', '.tmp', '.psconnect', 'coverage', 'bench']);

const speaks = new Set(['en-US', 'de']);

/** A copy of this repository to which something is added, as a contributor would: in a folder inside of it, so that packages are found. */
export class ExtendedTree {
  readonly root: string;

  constructor() {
    mkdirSync(join(root, '.tmp'), { recursive: true });
    this.root = mkdtempSync(join(root, '.tmp', 'extended-'));
    for (const name of readdirSync(root)) if (!leftOut.has(name)) cpSync(join(root, name), join(this.root, name), { recursive: true });
    // what is added has words in two languages; whoever adds something for good gives it words in all of them
    for (const language of languages(root)) if (!speaks.has(language)) rmSync(this.path(`locales/${language}`), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  path(file: string): string {
    return join(this.root, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  change(file: string, before: string | RegExp, after: string): void {
    const text = this.read(file);
    const changed = text.replace(before, after);
    if (changed === text) throw new Error(`${file} has no ${before}`);
    this.write(file, changed);
  }

  /** A module as it is there. */
  async import<T>(file: string): Promise<T> {
    return (await import(this.path(file))) as T;
  }

  /** A diff as git makes it. Its line numbers may be of another day. */
  apply(diff: string): void {
    // outside every repository: git would take the paths for those of the one around it
    execFileSync('git', ['apply', '--whitespace=nowarn', diff], {
      cwd: this.root,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(this.root) },
    });
  }

  /** The toy system in the places of a listed one: a folder, a line, a simulator, words, and a place for its errors. */
  addToySystem(): void {
    const from = 'test/conformance/toy-system';
    const simulated: Record<string, string> = { 'simulator.ts': 'definition.ts', 'conformance.ts': 'conformance.ts' };
    for (const file of globSync('*.ts', { cwd: this.path(from) })) {
      if (file === 'tried.ts') continue;
      const to = simulated[file] ? `sandbox/abaco/${simulated[file]}` : `connectors/abaco/${file}`;
      const text = this.read(`${from}/${file}`).replaceAll(/(?<=from ')\.\.\/[^']+/g, (path) => {
        const moved = posix.relative(posix.dirname(to), posix.join(from, path));
        return moved.startsWith('.') ? moved : `./${moved}`;
      });
      this.write(to, text.replace('export const simulator', 'export const abaco'));
    }
    const words = JSON.parse(this.read(`${from}/words.json`)) as Record<string, object>;
    for (const [language, own] of Object.entries(words)) this.write(`locales/${language}/systems/abaco.json`, JSON.stringify(own));
    this.write(
      'docs/errors.md',
      `${this.read('docs/errors.md')}\n## Abaco\n\n<!-- made by scripts/docs.ts: abaco -->\n<!-- end of abaco -->\n`,
    );
    this.change('connectors/systems.ts', /^export const/m, "import { abaco } from './abaco/declaration.ts';\n\nexport const");
    this.change('connectors/systems.ts', '];', ', abaco];');
  }
}
