import type { Json } from '../../../model/json.ts';
import { NotPlain, plainResult } from '../plain-result.ts';
import { Apart, beginAllowance, spent } from './allowance.ts';
import { builtin } from './calls.ts';
import { compile } from './compile.ts';
import { Frame } from './frame.ts';
import { standardFrame } from './functions.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { measure, sequence, textOf, Wrong } from './values.ts';

/** A function that a node brings, by its name. */
export type NodeFunction = (...values: unknown[]) => unknown;

/**
 * apart: to be worked out in a process of its own; wrong: jsonata will say what is wrong, at no great cost; waits: to be worked out
 * again when the node's function has answered.
 */
export type DirectResult =
  | { state: 'done'; value: Json | undefined }
  | { state: 'apart' | 'wrong' }
  | { state: 'waits'; question: string; answer: Promise<unknown> };

/** `answers`: what functions of the node have answered to questions so far. */
export type DirectExpression = (input: unknown, answers: ReadonlyMap<string, unknown>) => DirectResult;

/** A function of the node that answers later. */
class Waits extends Error {
  readonly question: string;
  readonly answer: Promise<unknown>;

  constructor(question: string, answer: Promise<unknown>) {
    super();
    this.question = question;
    this.answer = answer;
  }
}

/** Steps after which jsonata is not asked what is wrong in Node-RED's own thread. */
const cheap = 20_000;
const standard = standardFrame();

/** Undefined where the expression holds something that only jsonata itself does. */
export function directExpression(tree: unknown, functions: Record<string, NodeFunction>): DirectExpression | undefined {
  const base = new Frame(standard);
  let known: ReadonlyMap<string, unknown> = new Map();
  for (const [name, run] of Object.entries(functions)) {
    const asked = (values: unknown[]): unknown => {
      const question = name + textOf(values);
      if (known.has(question)) return known.get(question);
      const answer = run(...values);
      if (answer instanceof Promise) {
        answer.catch(() => undefined); // it may be left to another process
        throw new Waits(question, answer);
      }
      return answer;
    };
    base.bind(name, builtin(run.length, undefined, asked));
  }
  try {
    const step = compile(tree as SyntaxTree);
    return (input, answers) => {
      beginAllowance();
      known = answers;
      const frame = new Frame(base);
      frame.bind('$', input);
      try {
        return { state: 'done', value: plainResult(step(Array.isArray(input) ? wrapped(input) : input, frame)) };
      } catch (error) {
        return after(error);
      }
    };
  } catch (error) {
    if (error instanceof Apart || error instanceof RangeError) return undefined;
    throw error;
  }
}

function wrapped(input: unknown[]): unknown {
  return Object.assign(sequence(input), { outerWrapper: true });
}

/** jsonata writes the values that are wrong into its words: they must be small. */
function after(error: unknown): DirectResult {
  if (error instanceof NotPlain) throw error;
  if (error instanceof Waits) return { state: 'waits', question: error.question, answer: error.answer };
  if (error instanceof Apart || error instanceof RangeError || spent() > cheap) return { state: 'apart' };
  try {
    for (const value of valuesIn(error)) measure(value);
    return { state: spent() > cheap ? 'apart' : 'wrong' };
  } catch {
    return { state: 'apart' };
  }
}

function valuesIn(error: unknown): unknown[] {
  if (error instanceof Wrong) return error.values;
  const { value, value2 } = error as { value?: unknown; value2?: unknown };
  return [value, value2];
}
