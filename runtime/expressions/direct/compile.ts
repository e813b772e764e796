import { Apart, spend } from './allowance.ts';
import { arityOf, call, handedOver, Lambda, type Step } from './calls.ts';
import { filterIn } from './filter.ts';
import { Frame } from './frame.ts';
import { grouping } from './grouping.ts';
import { matcherOf } from './matcher.ts';
import { operators } from './operators.ts';
import { path } from './path.ts';
import type { Signature, SyntaxTree } from './syntax-tree.ts';
import { transform } from './transform.ts';
import {
  descendants,
  flatten,
  isFunction,
  isNumeric,
  isObject,
  keysOf,
  lookup,
  pushAll,
  sequence,
  type Sequence,
  truth,
  type Value,
  Wrong,
} from './values.ts';

/**
 * Makes of jsonata's syntax tree something that is worked out at once, every step of it charged for (allowance.ts). It does what the
 * evaluator of jsonata 2.2 does, in the same order, without its promises. What is not in here throws Apart.
 */
export function compile(tree: SyntaxTree): Step {
  if (tree.tuple || tree.focus || tree.index || tree.ancestor) throw new Apart();
  const make = kinds[tree.type];
  if (!make) throw new Apart();
  const step = make(tree);
  const filters = (tree.predicate ?? []).map((stage) => filterIn(stage, compile));
  const group = tree.type !== 'path' && tree.group ? grouping(tree.group.lhs, compile) : undefined;
  if (filters.length === 0 && !group && single.has(tree.type)) return step;
  const { keepArray } = tree;
  return (input, frame) => {
    spend(1);
    let result = step(input, frame);
    for (const each of filters) result = each(result, frame);
    if (group) result = group(result, frame);
    return Array.isArray(result) && (result as Sequence).sequence === true ? settled(result, keepArray) : result;
  };
}

/** What gives no list of JSONata's own. */
const single = new Set(['string', 'number', 'value', 'lambda', 'regex']);

function settled(list: Sequence, keepArray: boolean | undefined): Value {
  if (keepArray) list.keepSingleton = true;
  if (list.length === 0) return undefined;
  return list.length === 1 && !list.keepSingleton ? list[0] : list;
}

const one = (tree: SyntaxTree | [SyntaxTree, SyntaxTree][] | undefined): Step => compile(tree as SyntaxTree);

const kinds: Record<string, (tree: SyntaxTree) => Step> = {
  path: (tree) => path(tree, compile),
  name: ({ value }) => {
    const name = value as string;
    return (input) => lookup(input, name);
  },
  string: ({ value }) => literal(value),
  number: ({ value }) => literal(value),
  value: ({ value }) => literal(value),
  variable: ({ value }) => {
    const name = value as string;
    if (name === '') return (input) => (input && (input as Sequence).outerWrapper ? (input as Sequence)[0] : input);
    return (_input, frame) => frame.lookup(name);
  },
  wildcard: () => (input) => {
    const list: Sequence = sequence();
    const given: Value = Array.isArray(input) && (input as Sequence).outerWrapper && input.length > 0 ? (input as Sequence)[0] : input;
    if (!isObject(given) || isFunction(given)) return list;
    for (const key of keysOf(given)) {
      const value = given[key];
      if (!Array.isArray(value)) list.push(value);
      else pushAll(list, flatten(value));
    }
    return list;
  },
  descendant: () => (input) => {
    if (input === undefined) return undefined;
    const list = sequence();
    descendants(input, list);
    return list.length === 1 ? list[0] : list;
  },
  binary: (tree) => operators[tree.value as string]?.(one(tree.lhs), one(tree.rhs)) ?? unknown(),
  unary: (tree) => {
    switch (tree.value) {
      case '-':
        return negative(one(tree.expression));
      case '[':
        return list(tree);
      case '{':
        return inParallel(() => grouping(tree.lhs as [SyntaxTree, SyntaxTree][], compile));
      default:
        return unknown();
    }
  },
  condition: (tree) => {
    const [condition, then, otherwise] = [one(tree.condition), one(tree.then), tree.else ? one(tree.else) : undefined];
    return (input, frame) => (truth(condition(input, frame)) ? then(input, frame) : otherwise?.(input, frame));
  },
  block: (tree) => {
    const steps = inOrder(() => (tree.expressions ?? []).map(one));
    return (input, frame) => {
      const inside = new Frame(frame);
      let result: Value;
      for (const step of steps) result = step(input, inside);
      return result;
    };
  },
  bind: (tree) => {
    if (parallel) throw new Apart(); // beside others of a list or an object: who sees it is jsonata's to say
    const name = (tree.lhs as SyntaxTree).value as string;
    const step = one(tree.rhs);
    return (input, frame) => {
      const value = step(input, frame);
      frame.bind(name, value);
      return value;
    };
  },
  regex: ({ value }) => {
    const matcher = matcherOf(value as RegExp);
    return () => matcher;
  },
  lambda: (tree) => inOrder(() => lambda(tree)),
  function: (tree) => invocation(tree),
  apply: (tree) => applied(tree),
  transform: (tree) => transform(tree, compile),
};

let parallel = false;
function inParallel<T>(make: () => T): T {
  return marked(true, make);
}
function inOrder<T>(make: () => T): T {
  return marked(false, make);
}
function marked<T>(mark: boolean, make: () => T): T {
  const before = parallel;
  parallel = mark;
  try {
    return make();
  } finally {
    parallel = before;
  }
}

const literal =
  (value: Value): Step =>
  () =>
    value;

function unknown(): never {
  throw new Apart();
}

function negative(step: Step): Step {
  return (input, frame) => {
    const value = step(input, frame);
    if (value === undefined) return undefined;
    if (isNumeric(value)) return -value;
    throw new Wrong('D1002', value);
  };
}

function list({ expressions = [], consarray }: SyntaxTree): Step {
  const items = inParallel(() => expressions.map((item) => ({ step: one(item), nested: item.value === '[' })));
  return (input, frame) => {
    const result: Sequence = [];
    for (const { step, nested } of items) {
      const value = step(input, frame);
      if (value === undefined) continue;
      if (nested || !Array.isArray(value)) result.push(value);
      else pushAll(result, value);
    }
    if (consarray) Object.defineProperty(result, 'cons', { value: true });
    return result;
  };
}

function lambda(tree: SyntaxTree): Step {
  const names = (tree.arguments ?? []).map(({ value }) => value as string);
  const { body, signature, thunk } = tree;
  if (thunk) {
    const tail = { procedure: one(body?.procedure), values: (body?.arguments ?? []).map(one) };
    return (input, frame) => new Lambda(names, literal(undefined), input, frame, undefined, tail);
  }
  const checks = signature && charged(signature);
  const step = one(body);
  return (input, frame) => new Lambda(names, step, input, frame, checks);
}

/**
 * Checking what a function is called with takes a regular expression, which jsonata makes of the signature's own signs: each repetition may take
 * as many steps as there are values, and any other sign (`*`, `{`, a bracket within a choice) gets into it as it is.
 */
function charged(signature: Signature): Signature {
  const { definition } = signature;
  const repetitions = definition.match(/[+?-]/g)?.length ?? 0;
  if (repetitions > 3 || definition.length > 100 || /[^a-z<>():+?-]/.test(definition)) throw new Apart();
  return {
    definition,
    validate(values, context) {
      if (repetitions > 0) spend(values.length ** repetitions);
      return signature.validate(values, context);
    },
  };
}

function invocation(tree: SyntaxTree, first?: Step): Step {
  const procedure = one(tree.procedure);
  const values = (tree.arguments ?? []).map(one);
  return (input, frame) => {
    const given: Value[] = first ? [first(input, frame)] : [];
    const called = procedure(input, frame);
    for (const value of values) {
      const one = value(input, frame);
      given.push(isFunction(one) ? handedOver(one, frame) : one);
    }
    return call(called, given, input, frame);
  };
}

/** `~>`: hands what is left of it to the function on its right; two functions make one. */
function applied(tree: SyntaxTree): Step {
  const [left, right] = [tree.lhs as SyntaxTree, tree.rhs as SyntaxTree];
  if (right.type === 'function') {
    if (right.predicate || right.group) throw new Apart();
    return invocation(right, one(left));
  }
  const [given, to] = [one(left), one(right)];
  return (input, frame) => {
    const value = given(input, frame);
    const called = to(input, frame);
    if (!isFunction(called)) throw new Wrong('T2006', called);
    if (!isFunction(value)) return call(called, [value], null, frame);
    arityOf(value);
    const chained: Step = (_input, inside) => call(called, [call(value, [inside.lookup('x')], null, inside)], null, inside);
    return new Lambda(['x'], chained, null, frame);
  };
}
