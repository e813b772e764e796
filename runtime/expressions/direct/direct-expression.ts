import type { Json } from '../../../model/json.ts';
import { NotPlain, plainResult } from '../plain-result.ts';
import { Apart, beginAllowance, spent } from './allowance.ts';
import { builtin } from './calls.ts';
import { compile } from './compile.ts';
import { Frame } from './frame.ts';
import { standardFrame } from './functions.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { measure, sequence, Wrong } from './values.ts';

/** A function that a node brings, by its name. */
export type NodeFunction = (...values: unknown[]) => unknown;

export interface DirectResult {
  /** apart: to be worked out in a process of its own; wrong: jsonata will say what is wrong, at no great cost */
  state: 'done' | 'apart' | 'wrong';
  value?: Json | undefined;
}

export type DirectExpression = (input: unknown) => DirectResult;

/** Steps after which jsonata is not asked what is wrong in Node-RED's own thread. */
const cheap = 20_000;
const standard = standardFrame();

/** Undefined where the expression holds something that only jsonata itself does. */
export function directExpression(tree: unknown, functions: Record<string, NodeFunction>): DirectExpression | undefined {
  const base = new Frame(standard);
  for (const [name, run] of Object.entries(functions)) base.bind(name, builtin(run.length, undefined, (values) => atOnce(run(...values))));
  try {
    const step = compile(tree as SyntaxTree);
    return (input) => {
      beginAllowance();
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

/** What has to be waited for is not worked out at once. */
function atOnce(value: unknown): unknown {
  if (value instanceof Promise) {
    value.catch(() => undefined);
    throw new Apart();
  }
  return value;
}

/** jsonata writes the values that are wrong into its words: they must be small. */
function after(error: unknown): DirectResult {
  if (error instanceof NotPlain) throw error;
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
