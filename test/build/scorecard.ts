import ts from 'typescript';

/** What Node-RED's scorecard sees of a node's page. */
export interface SeenType {
  type: string;
  /** properties whose value is a literal, by name */
  literals: Record<string, string | number>;
  defaults: string[];
  credentials: string[];
}

/**
 * Parses a page as the scorecard does (node-red-dev, src/libs/checknodes.js): scripts by this very expression, then
 * `registerType` calls whose first argument is a literal and whose second is an object literal with its defaults inline.
 */
export function seenByScorecard(page: string): SeenType[] {
  const scripts = [...page.matchAll(/<script.+?type=['"]text\/javascript['"].*?>([\S\s]*?)<\/script>/gi)].map((match) => match[1]!);
  return scripts.flatMap((script) => {
    const found: SeenType[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'registerType') {
        const [type, definition] = node.arguments;
        if (type && ts.isStringLiteral(type) && definition && ts.isObjectLiteralExpression(definition)) {
          found.push(describe(type.text, definition));
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile('page.js', script, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
    return found;
  });
}

function describe(type: string, definition: ts.ObjectLiteralExpression): SeenType {
  const seen: SeenType = { type, literals: {}, defaults: [], credentials: [] };
  for (const property of definition.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) continue;
    const { text: name } = property.name;
    const value = property.initializer;
    if (ts.isStringLiteral(value)) seen.literals[name] = value.text;
    else if (ts.isNumericLiteral(value)) seen.literals[name] = Number(value.text);
    else if (ts.isObjectLiteralExpression(value) && (name === 'defaults' || name === 'credentials')) seen[name] = keys(value);
  }
  return seen;
}

function keys(object: ts.ObjectLiteralExpression): string[] {
  return object.properties.flatMap((property) => (property.name && ts.isIdentifier(property.name) ? [property.name.text] : []));
}
