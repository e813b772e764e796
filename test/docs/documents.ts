import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Document {
  /** path from the root */
  file: string;
  text: string;
}

/** Everything that we write for people. THIRD_PARTY.md holds licence texts of others. */
export const documents: Document[] = globSync(['*.md', 'docs/**/*.md'], { cwd: root })
  .filter((file) => file !== 'THIRD_PARTY.md')
  .sort()
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

export function document(file: string): string {
  const found = documents.find((each) => each.file === file);
  if (!found) throw new Error(`there is no document ${file}`);
  return found.text;
}

/** The text of source files below some folders. */
export function sources(pattern: string | string[], without: RegExp = /(?!)/): { file: string; text: string }[] {
  return globSync(pattern, { cwd: root })
    .filter((file) => !without.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** Every match of an expression's first group, once. */
export function found(text: string, expression: RegExp): string[] {
  return [...new Set([...text.matchAll(expression)].flatMap((match) => match[1] ?? []))].sort();
}
