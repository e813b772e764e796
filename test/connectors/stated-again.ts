import ts from 'typescript';

/** Defaults as a system's `settings.ts` states them. */
export type Defaults = Readonly<Record<string, string | number>>;

/**
 * Where a file states a default again that `defaults` in its `settings.ts` states: as a literal of the same value, as the literal that a form begins
 * with, or as one that is fallen back on. A choice's values are its options' names, too, so that only the last two are looked for of those.
 */
export function statedAgain(text: string, defaults: Defaults, choices: readonly string[] = []): string[] {
  const values = new Set(Object.entries(defaults).flatMap(([name, value]) => (choices.includes(name) ? [] : [value])));
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'defaults') return;
    const value = literal(node);
    if (value !== undefined && (values.has(value) || isBeginning(node) || isFallback(node, defaults))) {
      found.push(node.parent.getText().replaceAll(/\s+/g, ' '));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

function literal(node: ts.Node): string | number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  return ts.isStringLiteralLike(node) && node.text !== '' ? node.text : undefined;
}

/** `default: 'oauth2'` */
function isBeginning({ parent }: ts.Node): boolean {
  return ts.isPropertyAssignment(parent) && parent.name.getText() === 'default';
}

/** `values['auth'] ?? 'oauth2'` */
function isFallback(node: ts.Node, defaults: Defaults): boolean {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return false;
  const { kind } = parent.operatorToken;
  if (kind !== ts.SyntaxKind.QuestionQuestionToken && kind !== ts.SyntaxKind.BarBarToken) return false;
  return Object.keys(defaults).some((name) => new RegExp(`\\b${name}\\b`).test(parent.left.getText()));
}
