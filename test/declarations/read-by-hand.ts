import ts from 'typescript';
import type { Field } from '../../declarations/node-declaration.ts';

/**
 * Where code says again what the declaration of a node says: falls back on a value of its own where a field is empty, bounds its number, has a text
 * that is a field's default, or reads a number or a choice past `typedConfig`. As `line: text`.
 */
export function readByHand(text: string, fields: readonly Field[]): string[] {
  const named = new Map(fields.flatMap((field) => (defaultOf(field) === undefined ? [] : [[field.name, field] as const])));
  const texts = new Set(fields.flatMap((field) => (isWritten(field) ? [defaultOf(field) ?? ''].map(String) : [])).filter(isTelling));
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const note = (node: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.add(`${line + 1}: ${node.getText().replaceAll(/\s+/g, ' ')}`);
  };
  /** The field that an expression asks for: `config['unit']`, `form.unit`, `text('unit')`, `table[unit]`. */
  const askedIn = (node: ts.Node): Field | undefined => {
    const own =
      ts.isStringLiteralLike(node) || (ts.isIdentifier(node) && !isName(node)) || isMember(node) ? named.get(textOf(node)) : undefined;
    return own ?? ts.forEachChild(node, askedIn);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isOr(node.operatorToken.kind)) {
      const field = askedIn(node.left);
      if (field && states(node.right, field)) note(node);
    } else if (ts.isConditionalExpression(node)) {
      const field = askedIn(node.condition);
      if (field && [node.whenTrue, node.whenFalse].some((branch) => isDefault(branch, field))) note(node);
    } else if (ts.isBindingElement(node) && node.initializer) {
      const field = named.get((node.propertyName ?? node.name).getText());
      if (field && states(node.initializer, field)) note(node);
    } else if (ts.isCallExpression(node)) {
      const [first, ...others] = node.arguments.map((argument) => ({ argument, field: askedIn(argument) }));
      const all = first ? [first, ...others] : [];
      const isBounded = all.some(({ field }) => field?.kind === 'number') && all.some(({ argument }) => isBound(argument));
      if (isBounded) note(node);
    } else if (ts.isElementAccessExpression(node) || isMember(node)) {
      const field = named.get(ts.isElementAccessExpression(node) ? textOf(node.argumentExpression) : textOf(node));
      if (isConfig(node.expression) && (field?.kind === 'number' || field?.kind === 'select')) note(node);
    } else if (ts.isStringLiteralLike(node) && texts.has(node.text)) note(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}

type Written = Extract<Field, { kind: 'text' | 'header' }>;
const isWritten = (field: Field): field is Written => field.kind === 'text' || field.kind === 'header';

/** Shorter ones mean other things, too. */
const isTelling = (text: string) => text.length > 3;

const isOr = (kind: ts.SyntaxKind) => kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;

/** The configuration as a flow has it, and not as `typedConfig` gives it. */
const isConfig = (node: ts.Node) => /(^|\.)config$/.test(node.getText());

/** `form.unit` */
function isMember(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && /(^|\.)(config|form|settings|values)$/.test(node.expression.getText());
}

/** What comes behind a dot, or before a colon. */
const isName = ({ parent }: ts.Node) => ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent);

function textOf(node: ts.Node): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node) || ts.isIdentifier(node) ? node.text : '';
}

const literal = (node: ts.Node): string | number | boolean | undefined => {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  return node.kind === ts.SyntaxKind.TrueKeyword ? true : undefined;
};

/** What a number, a choice or a text begins with. A zero says as much as any other number; an empty text says nothing. */
function defaultOf(field: Field): string | number | undefined {
  if (field.kind === 'number') return field.default;
  if (field.kind === 'select' || isWritten(field)) return field.default || undefined;
  return undefined;
}

const isDefault = (node: ts.Node, field: Field) => {
  const value = literal(node);
  return value !== undefined && value !== '' && value === defaultOf(field);
};

/** A value of its own: a literal, the default by its name (`unitMs.days`), or something that is called a default. */
function states(node: ts.Node, field: Field): boolean {
  const value = literal(node);
  if (value !== undefined) return value !== '';
  if (ts.isIdentifier(node)) return /^default/i.test(node.text) || node.text === defaultOf(field);
  return ts.forEachChild(node, (child) => states(child, field) || undefined) ?? false;
}

/** A number that is given as it is, or in `{ least: 1 }`. */
function isBound(argument: ts.Node): boolean {
  if (ts.isNumericLiteral(argument)) return true;
  return (
    ts.isObjectLiteralExpression(argument) && argument.properties.some((one) => ts.isPropertyAssignment(one) && isBound(one.initializer))
  );
}
