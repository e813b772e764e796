import jsonata from 'jsonata';
import type { Json } from '../../model/json.ts';
import { directExpression, type NodeFunction } from './direct/direct-expression.ts';
import { evaluateApart } from './expression-processes.ts';
import { shortSearch } from './bounded-regex.ts';
import { jsonataOptions } from './jsonata-options.ts';
import { limitFailure, type Named } from './limit-failure.ts';
import { limits } from './limits.ts';
import { NotPlain, plainResult } from './plain-result.ts';
import { turn } from './turns.ts';

/** Says when nobody waits any more; asked for only by what takes long. */
export type Leaving = AbortSignal | (() => AbortSignal);

export interface Expression {
  /**
   * Plain JSON, or undefined for nothing. Rejects with EXPRESSION_LIMIT for what takes too much, ABORTED when nobody waits any more, and with
   * jsonata's own error for what is wrong.
   */
  evaluate(input: unknown, leaves?: Leaving): Promise<Json | undefined>;
}

/**
 * The one way to JSONata. What is cheap is worked out at once (direct/), everything else in a process of its own that is ended at its
 * limits. Throws jsonata's own error where the expression cannot be read.
 */
export function compileExpression(
  text: string,
  { field, functions = {} }: { field: string; functions?: Record<string, NodeFunction> },
): Expression {
  const named: Named = { field, text };
  if (text.length > limits.text) throw limitFailure(named, { kind: 'text' });
  const parsed = parse(named);
  for (const [name, run] of Object.entries(functions)) parsed.assign(name, run);
  const direct = directExpression(parsed.ast(), functions);
  const apart = (input: unknown, leaves?: Leaving) =>
    evaluateApart({ named, input, functions, signal: typeof leaves === 'function' ? leaves() : leaves });
  return {
    async evaluate(input, leaves) {
      if (!direct) return apart(input, leaves);
      for (let wait = turn(); wait; wait = turn()) await wait;
      const answers = new Map<string, unknown>();
      let result = bounded(named, () => direct(input, answers));
      while (result.state === 'waits' && answers.size < mostAnswers) {
        answers.set(result.question, await result.answer);
        result = bounded(named, () => direct(input, answers));
      }
      if (result.state === 'done') return result.value;
      return result.state !== 'wrong' ? apart(input, leaves) : inJsonatasWords(parsed, input, named, () => apart(input, leaves));
    },
  };
}

/** Of the node's context, in one evaluation; it begins anew after each. */
const mostAnswers = 20;

/** jsonata has something to say here only, which the steps before have shown to be cheap. */
const wordsOnly = jsonataOptions(
  { timeout: 200, stack: 10_000, sequence: 100_000 },
  () => {
    throw new RangeError('a regular expression that takes long');
  },
  shortSearch,
);

function parse(named: Named): jsonata.Expression {
  try {
    return jsonata(named.text, wordsOnly);
  } catch (error) {
    if (error instanceof RangeError) throw limitFailure(named, { kind: 'nesting' }, error);
    throw error;
  }
}

function bounded<T>(named: Named, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotPlain) throw limitFailure(named, error.limit);
    throw error;
  }
}

/** Something is wrong, and it was cheap to come there: jsonata comes there too, and has the words for it. */
async function inJsonatasWords(
  parsed: jsonata.Expression,
  input: unknown,
  named: Named,
  apart: () => Promise<Json | undefined>,
): Promise<Json | undefined> {
  let result: unknown;
  try {
    result = await parsed.evaluate(input);
  } catch (error) {
    if (error instanceof RangeError || /^(D1011|D1012|D2014|D2015)$/.test(String((error as { code?: unknown }).code))) return apart();
    throw error;
  }
  return bounded(named, () => plainResult(result));
}
