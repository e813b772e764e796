import { Failure } from '../model/failure.ts';
import type { Connector } from '../model/operations.ts';
import type { Circuit } from './circuit.ts';

/** Calls that say nothing about the system, or are asked for to find out about it. */
const free: ReadonlySet<string> = new Set(['test', 'health', 'close', 'forgetKept']);

/** The connector, every operation of which goes through the connection's circuit. What reads as a stream is let through. */
export function guardedConnector<C extends Connector>(connector: C, circuit: Circuit): C {
  return new Proxy(connector, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || free.has(String(name)) || /^(list|query)/.test(String(name))) return member;
      return (...values: unknown[]) =>
        circuit.call(() => Promise.resolve((member as (...values: unknown[]) => unknown).apply(target, values)), failureOfAll);
    },
  });
}

/** Of a batch, the failure that all its lines share; one line that got through shows that the system is there. */
function failureOfAll(answer: unknown): Failure | undefined {
  if (!Array.isArray(answer) || answer.length === 0) return undefined;
  const failures = answer.map((line: unknown) => (line as { failure?: unknown } | null)?.failure);
  const [first] = failures;
  return failures.every(Failure.is) && Failure.is(first) && failures.every((failure) => failure.class === first.class) ? first : undefined;
}
