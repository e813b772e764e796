import { globSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { importRules } from './import-rules.ts';

const folders = [...new Set(importRules.map((rule) => rule.from.split('/')[0]!))];

/** The files that the rules speak of, in order. */
export function sourceFiles(root: string): string[] {
  return filesIn(root, folders);
}

/** These, and what they are built, tried and measured by. */
export function allFiles(root: string): string[] {
  return filesIn(root, [...folders, 'bench', 'scripts', 'test']);
}

function filesIn(root: string, these: readonly string[]): string[] {
  return globSync(`{${these.join(',')}}/**/*.ts`, { cwd: root, exclude: ['**/node_modules/**'] })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

export interface FoundImport {
  imports: string;
  line: number;
  typesOnly: boolean;
}

/** Imports of files, static, dynamic and as types. Packages are no matter of direction. */
export function importsOf(file: string, text: string): FoundImport[] {
  const found: FoundImport[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const add = (specifier: ts.Node | undefined, typesOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return;
    const { line } = source.getLineAndCharacterOfPosition(specifier.getStart());
    found.push({ imports: posix.join(posix.dirname(file), specifier.text), line: line + 1, typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, typesOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && isLoading(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function typesOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return !clause.name && names !== undefined && ts.isNamedImports(names) && names.elements.every((name) => name.isTypeOnly);
}

function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}
