import { type Node, parse } from 'acorn';

/** How esbuild tells a function its name where the one in the code was made short (`keepNames`). */
const helper = /\b([\w$]+)=\(([\w$]+),([\w$]+)\)=>[\w$]+\(\2,"name",\{value:\3,configurable:!0\}\)/;

interface Call extends Node {
  type: 'CallExpression';
  callee: Node & { name?: string };
  arguments: Node[];
}

/**
 * Takes the names from what is made again and again, within functions: telling one takes most of a microsecond, each time. What is made once, when the file is
 * loaded, keeps its name.
 */
export function namesOfLastingFunctions(code: string): string {
  const name = helper.exec(code)?.[1];
  if (name === undefined) {
    if (/"name",\{value:/.test(code)) throw new Error('esbuild tells functions their names in another way than before');
    return code; // there are none to be told
  }
  const cuts: { from: number; to: number; by: string }[] = [];
  const visit = (node: Node, isMadeAgain: boolean, isArgument: boolean): void => {
    // a function that is handed over where the file is loaded is called once, such as that of a module
    const within = isMadeAgain || (/Function/.test(node.type) && !isArgument);
    if (isMadeAgain && isNaming(node, name)) {
      const [named] = node.arguments as [Node];
      cuts.push({ from: node.start, to: named.start, by: '(' }, { from: named.end, to: node.end, by: ')' });
    }
    const isCalledOnce = node.type === 'CallExpression' && !isMadeAgain && !isNaming(node, name);
    const args = isCalledOnce ? new Set((node as Call).arguments) : undefined;
    for (const part of partsOf(node)) visit(part, within, args?.has(part) ?? false);
  };
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true }), false, false);
  let kept = '';
  let at = 0;
  for (const { from, to, by } of cuts.sort((one, other) => one.from - other.from)) {
    kept += code.slice(at, from) + by;
    at = to;
  }
  return kept + code.slice(at);
}

function isNaming(node: Node, helperName: string): node is Call {
  if (node.type !== 'CallExpression') return false;
  const { callee, arguments: given } = node as Call;
  return callee.type === 'Identifier' && callee.name === helperName && given.length === 2;
}

function* partsOf(node: Node): Generator<Node> {
  for (const value of Object.values(node) as unknown[]) {
    for (const part of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(part)) yield part;
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
