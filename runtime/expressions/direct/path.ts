import { Apart, spend } from './allowance.ts';
import type { Compile, Step } from './calls.ts';
import { filterIn } from './filter.ts';
import type { Frame } from './frame.ts';
import { grouping } from './grouping.ts';
import { sorting } from './sorting.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { isSequence, lookup, pushAll, sequence, type Sequence, type Value } from './values.ts';

/** One step of a path, for all that the steps before it gave. */
type PathStep = (input: Value[], frame: Frame, last: boolean) => Value[] | undefined;

/** `a.b[c].{…}` */
export function path(tree: SyntaxTree, compile: Compile): Step {
  const steps = tree.steps ?? [];
  const compiled = steps.map((step, at) => (at === 0 && step.consarray ? listFirst(step, compile) : pathStep(step, compile)));
  const group = tree.group ? grouping(tree.group.lhs, compile) : undefined;
  const absolute = steps[0]?.type === 'variable';
  const { keepSingletonArray } = tree;
  const plain = !group && !keepSingletonArray ? plainNames(steps) : undefined;
  return (input, frame) => {
    if (plain) {
      const found = follow(plain, input);
      if (found !== undefined) return found.value;
    }
    let list: Value[] | undefined = Array.isArray(input) && !absolute ? (input as Value[]) : sequence(input);
    for (let at = 0; at < compiled.length; at++) {
      list = compiled[at]!(list, frame, at === compiled.length - 1);
      if (list === undefined || list.length === 0) break;
    }
    if (keepSingletonArray && list) {
      if ((list as Sequence).cons && !isSequence(list)) list = sequence(list);
      if (isSequence(list)) list.keepSingleton = true;
    }
    return group ? group(list, frame) : list;
  };
}

/** `a.b.c`, if a path is nothing more. */
function plainNames(steps: SyntaxTree[]): string[] | undefined {
  const plain = steps.every((step) => step.type === 'name' && !step.stages && !step.predicate && !step.group && !step.keepArray);
  return plain ? steps.map(({ value }) => value as string) : undefined;
}

/** The short way, as long as no list is met. */
function follow(names: string[], input: Value): { value: Value } | undefined {
  let at = input;
  for (const name of names) {
    if (Array.isArray(at)) return undefined;
    spend(1);
    at = lookup(at, name);
    if (at === undefined) return { value: undefined };
  }
  return Array.isArray(at) ? undefined : { value: at };
}

function listFirst(step: SyntaxTree, compile: Compile): PathStep {
  const work = compile(step);
  return (input, frame) => work(input, frame) as Value[] | undefined;
}

function pathStep(step: SyntaxTree, compile: Compile): PathStep {
  if (step.tuple || step.focus || step.index) throw new Apart();
  if (step.type === 'sort') {
    const sort = sorting(step, compile);
    const stages = (step.stages ?? []).map((stage) => filterIn(stage, compile));
    return (input, frame) => stages.reduce<Value>((list, stage) => stage(list, frame), sort(input, frame)) as Value[];
  }
  if (step.stages?.some(({ type }) => type !== 'filter')) throw new Apart();
  const work = compile(step);
  const stages = (step.stages ?? []).map((stage) => filterIn(stage, compile));
  return (input, frame, last) => {
    const results: Value[] = [];
    spend(input.length / 4);
    for (let at = 0; at < input.length; at++) {
      let result = work(input[at], frame);
      for (const stage of stages) result = stage(result, frame);
      if (result !== undefined) results.push(result);
    }
    const [only] = results;
    if (last && results.length === 1 && Array.isArray(only) && !isSequence(only)) return only as Value[];
    const list = sequence();
    for (const result of results) {
      if (!Array.isArray(result) || (result as Sequence).cons) list.push(result);
      else pushAll(list, result as Value[]);
    }
    return list;
  };
}
