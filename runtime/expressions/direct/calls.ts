import { Apart, spend } from './allowance.ts';
import { Frame } from './frame.ts';
import type { Signature, SyntaxTree } from './syntax-tree.ts';
import { isFunction, type Value, Wrong } from './values.ts';

/** A part of an expression, ready to be worked out. */
export type Step = (input: Value, frame: Frame) => Value;
/** Makes a step of a part of an expression: whoever compiles one hands it to what compiles its parts. */
export type Compile = (tree: SyntaxTree) => Step;

/** A function that the expression defines. One with a tail is a call that was put off, so that a loop needs no depth. */
export class Lambda {
  readonly _jsonata_lambda = true;
  readonly names: readonly string[];
  readonly body: Step;
  readonly input: Value;
  readonly frame: Frame;
  readonly signature: Signature | undefined;
  readonly tail: { procedure: Step; values: Step[] } | undefined;

  constructor(names: readonly string[], body: Step, input: Value, frame: Frame, signature?: Signature, tail?: Lambda['tail']) {
    this.names = names;
    this.body = body;
    this.input = input;
    this.frame = frame;
    this.signature = signature;
    this.tail = tail;
  }
}

/** A function that JSONata or Node-RED brings. */
export interface Builtin {
  _jsonata_function: true;
  run(values: Value[], input: Value, frame: Frame): Value;
  signature: Signature | undefined;
  arity: number;
}

/** How the functions of the expression are handed to others. */
export type Callable = ((...values: Value[]) => Value) & { arity?: number; regex?: Matcher };

/** A regular expression, at work on a text from a place in it. */
export type Matcher = (text: string, from?: number) => Match | undefined;
export interface Match {
  match: string;
  start: number;
  end: number;
  groups: (string | undefined)[];
  next(): Match | undefined;
}

export function call(procedure: Value, values: Value[], input: Value, frame: Frame): Value {
  let result = once(procedure, values, input, frame);
  while (result instanceof Lambda && result.tail) {
    const { tail, input: context, frame: inside } = result;
    const next = tail.procedure(context, inside);
    const given = tail.values.map((value) => value(context, inside));
    result = once(next, given, input, frame);
  }
  return result;
}

function once(procedure: Value, values: Value[], input: Value, frame: Frame): Value {
  spend(2);
  if (procedure instanceof Lambda) {
    const given = procedure.signature ? checked(procedure.signature, values, input) : values;
    const inside = new Frame(procedure.frame);
    for (let at = 0; at < procedure.names.length; at++) inside.bind(procedure.names[at]!, given[at]);
    return procedure.body(procedure.input, inside);
  }
  if (isBuiltin(procedure)) {
    return procedure.run(procedure.signature ? checked(procedure.signature, values, input) : values, input, frame);
  }
  if (typeof procedure === 'function') {
    const result: Value = (procedure as (...values: Value[]) => Value).apply(input, values);
    if (result instanceof Promise) throw new Apart();
    return result;
  }
  if (isFunction(procedure)) throw new Apart(); // data that looks like a function
  throw new Wrong('T1006');
}

function checked(signature: Signature, values: Value[], input: Value): Value[] {
  for (const value of values) if (Array.isArray(value)) spend(value.length / 4);
  return signature.validate(values, input);
}

const builtins = new WeakSet<object>();
export function builtin(arity: number, signature: Signature | undefined, run: Builtin['run']): Builtin {
  const made: Builtin = { _jsonata_function: true, run, signature, arity };
  builtins.add(made);
  return made;
}
const isBuiltin = (value: Value): value is Builtin => typeof value === 'object' && value !== null && builtins.has(value);

export function arityOf(callable: Value): number {
  if (callable instanceof Lambda) return callable.names.length;
  if (isBuiltin(callable)) return callable.arity;
  if (typeof callable === 'function') return (callable as Callable).arity ?? callable.length;
  throw new Apart();
}

/** A function as it is handed to another one. */
export function handedOver(given: Value, frame: Frame): Callable {
  const callable: Callable = (...values) => call(given, values, null, frame);
  callable.arity = arityOf(given);
  if (typeof given === 'function') callable.regex = (given as Callable).regex;
  return callable;
}

/** Calls a function that was handed over with as many of the values as it takes, one at least. */
export function callBack(given: Value, values: Value[], frame: Frame): Value {
  const [arity] = [Math.max(1, arityOf(given))];
  const taken = values.slice(0, arity);
  if (typeof given === 'function') return (given as Callable)(...taken);
  if (given instanceof Lambda) return call(given, taken, given.input, frame);
  throw new Wrong('T1006');
}
