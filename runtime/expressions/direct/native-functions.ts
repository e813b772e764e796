import jsonata from 'jsonata';
import type { Signature } from './syntax-tree.ts';

/** A function as jsonata keeps it. */
export interface NativeFunction {
  implementation: (this: unknown, ...values: unknown[]) => unknown;
  signature?: Signature;
}

const framePushed = Symbol.for('jsonata.__createFrame_push');

interface Environment {
  lookup(name: string): unknown;
}

/** jsonata's own functions by their names: it hands its frames to whoever asks to be told of them, before it evaluates anything. */
function captured(): Environment {
  let environment: Environment | undefined;
  const expression = jsonata('1');
  (expression.assign as (name: unknown, value: unknown) => void)(framePushed, (from: Environment) => {
    environment ??= from;
  });
  void expression.evaluate(undefined);
  if (!environment) throw new Error('jsonata does not hand out its functions');
  return environment;
}

const environment = captured();

export function nativeFunction(name: string): NativeFunction {
  const found = environment.lookup(name) as NativeFunction | undefined;
  if (!found?.implementation) throw new Error(`jsonata has no function $${name}`);
  return found;
}
