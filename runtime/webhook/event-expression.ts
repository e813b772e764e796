import jsonata from 'jsonata';
import { shorten } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';

/** Reads a value from an event in the form of the JSON format; at once where it is a plain path, which most are. */
export type EventExpression = (event: Record<string, unknown>) => unknown;

/** @param name of the field that holds the expression; an empty one reads nothing */
export function eventExpression(name: string, text: string): EventExpression | undefined {
  const expression = text.trim();
  if (expression === '') return undefined;
  let compiled: ReturnType<typeof jsonata>;
  try {
    compiled = jsonata(expression);
  } catch (error) {
    throw expressionFailure(name, expression, error);
  }
  const evaluate = (event: unknown) =>
    Promise.resolve(compiled.evaluate(event)).catch((error) => Promise.reject(expressionFailure(name, expression, error)));
  const path = plainPath(expression);
  if (!path) return evaluate;
  return (event) => {
    const value = valueAt(event, path);
    return value === several ? evaluate(event) : value;
  };
}

const words = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** `data.project.code` → its parts; undefined for an expression that is more than a path. */
function plainPath(expression: string): string[] | undefined {
  const parts = expression.split('.');
  return parts.every((part) => /^[A-Za-z_]\w*$/.test(part) && !words.has(part)) ? parts : undefined;
}

/** A list on the way: JSONata knows what a path means there. */
const several = Symbol('several');

function valueAt(event: unknown, path: string[]): unknown {
  let at = event;
  for (const part of path) {
    if (Array.isArray(at)) return several;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return Array.isArray(at) ? several : at;
}

function expressionFailure(name: string, expression: string, error: unknown): Failure {
  const text = (error as { message?: string } | undefined)?.message ?? String(error);
  return new Failure(
    {
      class: 'contract.invalid',
      code: 'EXPRESSION_FAILED',
      message: `The expression of "${name}" failed: ${text}`,
      field: name,
      value: shorten(expression),
      remedy: 'Correct the expression in the node.',
    },
    { cause: error },
  );
}
