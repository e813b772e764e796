import { Apart } from './allowance.ts';
import { builtin, type Compile, type Step } from './calls.ts';
import { setField } from './grouping.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { isFunction, isObject, keysOf, textOf, type Value, Wrong } from './values.ts';

/** `|pattern|update, delete|`: a copy of what it is given, changed. */
export function transform(tree: SyntaxTree, compile: Compile): Step {
  const [pattern, update] = [compile(tree.pattern as SyntaxTree), compile(tree.update as SyntaxTree)];
  const deletion = tree.delete ? compile(tree.delete) : undefined;
  return (_input, frame) =>
    builtin(1, undefined, ([given]) => {
      if (given === undefined) return undefined;
      if (!isObject(given) || isFunction(given)) throw new Wrong('T0410');
      const copy = JSON.parse(textOf(given) as string) as Value;
      const matches = pattern(copy, frame);
      for (const match of matches === undefined ? [] : Array.isArray(matches) ? (matches as Value[]) : [matches]) {
        const changes = update(match, frame);
        if (changes !== undefined) {
          if (!isObject(changes) || Array.isArray(changes)) throw new Wrong('T2011', changes);
          if (!isObject(match)) throw new Apart();
          for (const name of keysOf(changes)) setField(match, name, changes[name]);
        }
        const names = deletion?.(match, frame);
        if (names === undefined) continue;
        for (const name of Array.isArray(names) ? (names as Value[]) : [names]) {
          if (typeof name !== 'string') throw new Wrong('T2012', names);
          if (isObject(match)) delete match[name];
        }
      }
      return copy;
    });
}
