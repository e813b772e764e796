import type { PackNode } from '../pack-node.ts';
import type { NodeFunction } from './direct/direct-expression.ts';

interface Contexts {
  flow: Context;
  global: Context;
}
interface Context {
  get(key: string, store: string | undefined, callback: (error: Error | null, value: unknown) => void): void;
}

/** What Node-RED adds to JSONata for a node: its context, its environment, dates by moment. `$clone` is JSONata's own. */
export function nodeFunctions(base: PackNode): Record<string, NodeFunction> {
  const { RED, node } = base;
  const context = (scope: keyof Contexts) => (key: unknown, store: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const { [scope]: from } = node.context() as unknown as Contexts;
      from.get(String(key), store === undefined ? undefined : String(store), (error, value) => (error ? reject(error) : resolve(value)));
    });
  return {
    flowContext: context('flow'),
    globalContext: context('global'),
    env: (name) => RED.util.evaluateNodeProperty(String(name), 'env', node, {}) as unknown,
    moment: (...values) => momentOf(base)(...values),
  };
}

let known: NodeFunction | undefined;

/** Node-RED does not hand out its moment, but its expressions have it. */
function momentOf({ RED, node }: PackNode): NodeFunction {
  if (known) return known;
  const expression = RED.util.prepareJSONataExpression('1', node);
  const tell = (from: { lookup(name: string): unknown }) => {
    known ??= from.lookup('moment') as NodeFunction | undefined;
  };
  (expression.assign as (name: unknown, value: unknown) => void)(Symbol.for('jsonata.__createFrame_push'), tell);
  void Promise.resolve(expression.evaluate({})).catch(() => undefined);
  if (!known) throw new Error('This Node-RED has no $moment.');
  return known;
}

/** An expression that speaks of `msg` sees the message under that name, as Node-RED has it for old flows. */
export function contextOf(expression: string): (message: unknown) => unknown {
  const old = /(^|[^a-zA-Z0-9_'".])msg([^a-zA-Z0-9_'"]|$)/.test(expression);
  return old ? (msg) => ({ msg }) : (message) => message;
}
