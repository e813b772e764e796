import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './built-pack.ts';

/** A call that asks for words: `inWords('RATE_CURRENCY', { currency })`. */
export interface AskedWords {
  at: string;
  file: string;
  by: 'inWords' | 'phrase';
  /** undefined: not written out */
  key: string | undefined;
  /** names of what fills the gaps; undefined: not written out */
  params: string[] | undefined;
  /** the code that a failure or an issue gets by it; undefined: it has another one, or only the sentence is taken */
  code: string | undefined;
  /** the class beside it */
  class: string | undefined;
}

/** What the source files say of failures. */
export interface FailureSources {
  asked: AskedWords[];
  /** keys that stand in the place of what joins a list */
  joins: string[];
  /** files that have English sentences of failures in them, or what a record or a write is called, with the first one */
  sentences: Map<string, string>;
  /** English that fills the gaps of words, where every language would read it */
  inGaps: string[];
}

const rooms = ['model', 'declarations', 'connectors', 'engine', 'runtime', 'nodes/*/*', 'commands'];
const own = new Set(['model/failure-words.ts', 'model/phrase.ts']);
/** facts are read in documents; the documents of APIs are English */
const notForAnalysts = /\/facts\.ts$|^runtime\/(?:admin-api\/openapi|business-api\/api-document|event-channels)\.ts$/;

export function failureSources(): FailureSources {
  const found: FailureSources = { asked: [], joins: [], sentences: new Map(), inGaps: [] };
  for (const file of globSync(
    rooms.map((room) => `${room}/**/*.ts`),
    { cwd: root },
  )
    .map((one) => one.replaceAll('\\', '/'))
    .sort()) {
    if (file.endsWith('.generated.ts') || own.has(file) || notForAnalysts.test(file) || file.startsWith('runtime/admin-api/schemas/'))
      continue;
    const text = readFileSync(join(root, file), 'utf8');
    if (!/\b(?:inWords|phrase|message|remedy|record|title|Issue|Failure)\b/.test(text)) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      look(node, file, source, found);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function look(node: ts.Node, file: string, source: ts.SourceFile, found: FailureSources): void {
  const by = ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? node.expression.text : '';
  if (ts.isCallExpression(node) && (by === 'inWords' || by === 'phrase')) {
    const [key, params] = node.arguments;
    const english = params && sentenceIn(params);
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const written = key && ts.isStringLiteral(key) ? key.text : undefined;
    const around = spreadInto(node);
    if (english !== undefined && /[a-z]{2,} [\p{L}…]/u.test(english)) found.inGaps.push(`${file}:${line}: ${english}`);
    found.asked.push({
      ...{ at: `${file}:${line}`, file, by },
      key: written,
      params: params ? namesIn(params) : [],
      code: by === 'inWords' && givesCode(node, around) ? written?.split('.')[0] : undefined,
      class: around && textOf(around.literal, 'class'),
    });
  }
  if (ts.isPropertyAssignment(node) && nameOf(node) === 'join' && ts.isStringLiteral(node.initializer))
    found.joins.push(node.initializer.text);
  const sentence = sentenceOf(node);
  if (sentence !== undefined && !found.sentences.has(file)) found.sentences.set(file, sentence);
}

/** English as a message, a remedy, the name of a record or the title of a write, or handed to a function that makes one of it. */
function sentenceOf(node: ts.Node): string | undefined {
  if (
    (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
    ['message', 'remedy', 'record', 'title'].includes(nameOf(node))
  ) {
    return node.initializer && sentenceIn(node.initializer);
  }
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  return node.arguments.filter(ts.isStringLiteralLike).find(({ text }) => /^[A-Z][a-z]* .*\.$/.test(text))?.text;
}

/** The object that the words are spread into, be it one of several or another: `{ …, ...(more ? inWords('A.more') : inWords('A')), … }`. */
function spreadInto(call: ts.Node): { literal: ts.ObjectLiteralExpression; spread: ts.SpreadAssignment } | undefined {
  const node = userOf(call);
  return ts.isSpreadAssignment(node) ? { literal: node.parent, spread: node } : undefined;
}

/** What takes the answer of a call, or of the choice between it and another. */
function userOf(call: ts.Node): ts.Node {
  let node = call.parent;
  while (ts.isParenthesizedExpression(node) || ts.isConditionalExpression(node)) node = node.parent;
  return node;
}

/** Not where another code follows, and not where something else is taken of it. */
function givesCode(call: ts.CallExpression, around: ReturnType<typeof spreadInto>): boolean {
  if (around) {
    const { properties } = around.literal;
    return !properties
      .slice(properties.indexOf(around.spread) + 1)
      .some((one) => one.name && ts.isIdentifier(one.name) && one.name.text === 'code');
  }
  const user = userOf(call);
  if (ts.isPropertyAccessExpression(user)) return user.name.text === 'code';
  if (!ts.isVariableDeclaration(user) || !ts.isObjectBindingPattern(user.name)) return true;
  return user.name.elements.some(({ name }) => ts.isIdentifier(name) && name.text === 'code');
}

function textOf({ properties }: ts.ObjectLiteralExpression, name: string): string | undefined {
  const found = properties.find((one): one is ts.PropertyAssignment => ts.isPropertyAssignment(one) && nameOf(one) === name);
  return found && ts.isStringLiteral(found.initializer) ? found.initializer.text : undefined;
}

const nameOf = ({ name }: ts.PropertyAssignment | ts.VariableDeclaration) => (ts.isIdentifier(name) ? name.text : '');

function namesIn(params: ts.Node): string[] | undefined {
  if (!ts.isObjectLiteralExpression(params)) return undefined;
  const names = params.properties.map((one) =>
    (ts.isPropertyAssignment(one) || ts.isShorthandPropertyAssignment(one)) && ts.isIdentifier(one.name) ? one.name.text : undefined,
  );
  return names.includes(undefined) ? undefined : (names as string[]);
}

/** Words between quotation marks, wherever they stand in an expression; a lone name or a code is none. */
function sentenceIn(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && ['inWords', 'phrase'].includes(node.expression.text))
    return undefined;
  if (ts.isStringLiteralLike(node)) return isSentence(node.text) ? node.text : undefined;
  if (ts.isTemplateExpression(node)) {
    const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
    if (isSentence(text)) return text;
  }
  return ts.forEachChild(node, sentenceIn);
}

const isSentence = (text: string) => /[a-z]{2,} \S/.test(text) || /[a-z]{2,}\.$/.test(text);
