import { type OperationId, operations } from '../declarations/operations.ts';
import { Failure } from '../model/failure.ts';
import type { Connector, Operations } from '../model/operations.ts';
import type { Circuit } from './http/circuit.ts';

type Call = (...values: unknown[]) => unknown;

/** The connector, every operation of which goes through the connection's circuit, and every undo. What reads as a stream is let through. */
export function guardedConnector<C extends Connector>(connector: C, circuit: Circuit): C {
  const guard = (call: Call): Call => {
    return (...values) => circuit.call(() => Promise.resolve(call(...values)), failureOfAll);
  };
  const guarded = Object.entries(connector.operations).map(([id, call]) => {
    const { shape } = operations[id as OperationId];
    return [id, shape === 'list' || shape === 'stream' ? call : guard(call as Call)];
  });
  return {
    ...connector,
    operations: Object.fromEntries(guarded) as Partial<Operations>,
    ...(connector.undo ? { undo: guard(connector.undo as Call) } : {}),
  };
}

/** Of a batch, the failure that all its lines share; one line that got through shows that the system is there. */
function failureOfAll(answer: unknown): Failure | undefined {
  if (!Array.isArray(answer) || answer.length === 0) return undefined;
  const failures = answer.map((line: unknown) => (line as { failure?: unknown } | null)?.failure);
  const [first] = failures;
  return failures.every(Failure.is) && Failure.is(first) && failures.every((failure) => failure.class === first.class) ? first : undefined;
}
