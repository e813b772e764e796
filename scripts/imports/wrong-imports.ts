import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, sourceFiles } from './imports-of.ts';
import { type ImportRule, importRules } from './import-rules.ts';

export interface WrongImport {
  file: string;
  line: number;
  /** the imported file, from the root */
  imports: string;
  /** why it is wrong, in words */
  why: string;
}

/** Imports against the direction of {@link importRules}, in the order of files and lines. */
export function wrongImports(root: string, rules: readonly ImportRule[] = importRules): WrongImport[] {
  return sourceFiles(root).flatMap((file) => {
    const place = placeOf(file, rules);
    if (!place) return [];
    return importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap(({ imports, line, typesOnly }) => {
      const { may, mayTypes = [], own, from } = place;
      if (within(imports, own) || may.some((allowed) => within(imports, allowed))) return [];
      const asType = mayTypes.some((allowed) => within(imports, allowed));
      if (asType && typesOnly) return [];
      const why = asType ? `${from} may import it for its types only` : `${from} may import ${sentence(may, mayTypes)}`;
      return [{ file, line, imports, why }];
    });
  });
}

function placeOf(file: string, rules: readonly ImportRule[]): (ImportRule & { own: string }) | undefined {
  for (const rule of rules) if (within(file, rule.from)) return { ...rule, own: ownPlace(file, rule.from) };
  return undefined;
}

/** The place with its `*` filled in by the file: `connectors/*` is the folder of one system for a file in there. */
function ownPlace(file: string, pattern: string): string {
  return file.split('/').slice(0, pattern.split('/').length).join('/');
}

/** Whether the path is the pattern or lies in it. */
function within(path: string, pattern: string): boolean {
  const [parts, wanted] = [path.split('/'), pattern.split('/')];
  if (parts.length < wanted.length) return false;
  return wanted.every((want, at) => {
    const part = parts[at]!;
    if (want === '*.ts') return part.endsWith('.ts');
    // `*` is a folder: something must lie in it
    return want.startsWith('*') ? part.endsWith(want.slice(1)) && at < parts.length - 1 : want === part;
  });
}

function sentence(may: readonly string[], mayTypes: readonly string[]): string {
  if (may.length === 0 && mayTypes.length === 0) return 'nothing outside itself';
  const types = mayTypes.length > 0 ? [`types of ${mayTypes.join(', ')}`] : [];
  return `only ${[...may, ...types].join(', ')}`;
}
