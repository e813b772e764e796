import { defaultMappings } from '../connectors/default-mappings.ts';
import { shorten } from '../model/contract.ts';
import { Failure } from '../model/failure.ts';
import { type FailureText, inWords } from '../model/failure-words.ts';
import type { Json } from '../model/json.ts';
import { compileExpression, type Expression } from './expressions/expression.ts';
import type { Message } from './message.ts';
import { knownOf } from '../model/known-of.ts';

/** A mapping, ready for messages; `signal` ends what nobody waits for any more. */
export type Mapping = (message: Message, signal?: AbortSignal) => Promise<Json>;

/** Compiles a mapping once. An own expression sees the whole message (`payload.Name`), a preset the payload. */
export function compileMapping({ preset, expression }: { preset?: string; expression?: string }): Mapping {
  const text = preset && preset !== 'custom' ? presetNamed(preset) : expression;
  if (!text?.trim()) throw mappingFailure(inWords('MAPPING_FAILED.empty'), '');
  let compiled: Expression;
  try {
    compiled = compileExpression(text, { field: 'expression' });
  } catch (error) {
    if (Failure.is(error)) throw error;
    throw mappingFailure(inWords('MAPPING_FAILED.not-jsonata', { said: (error as Error).message }), text, error);
  }
  const root = text === expression ? (message: Message) => message : (message: Message) => message.payload;
  return async (message, signal) => {
    let result: Json | undefined;
    try {
      result = await compiled.evaluate(root(message), signal);
    } catch (error) {
      if (Failure.is(error)) throw error;
      throw mappingFailure(inWords('MAPPING_FAILED', { said: (error as Error).message }), text, error);
    }
    if (result === undefined) throw mappingFailure(inWords('MAPPING_FAILED.nothing'), text);
    return result;
  };
}

/** By its own name only: every object has a `constructor`. */
function presetNamed(name: string): string | undefined {
  return knownOf(defaultMappings, name);
}

function mappingFailure(why: FailureText, expression: string, cause?: unknown): Failure {
  return new Failure({ class: 'contract.invalid', ...why, field: 'expression', value: shorten(expression) }, { cause });
}
