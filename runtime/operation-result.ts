import { type OperationId, operations } from '../declarations/operations.ts';
import { isObject } from '../model/json.ts';
import type { Message } from './message.ts';

/** A message that goes on, with what an operation has answered where its declaration says: of `erp.projects` in `msg.erp.projects`, beside what else stands in `msg.erp`. */
export function withResult(message: Message, operation: OperationId, value: unknown): Message {
  const [area, name] = placeOf(operation);
  return { ...message, [area]: { ...areaIn(message, area), [name]: value } };
}

/** What a node before this one has put where the result of an operation stands. */
export function resultIn(message: Message, operation: OperationId): unknown {
  const [area, name] = placeOf(operation);
  return areaIn(message, area)?.[name];
}

function placeOf(operation: OperationId): [area: string, name: string] {
  const [area, name, ...deeper] = operations[operation].result?.split('.') ?? [];
  if (area && name && deeper.length === 0) return [area, name];
  throw new Error(`The declaration of ${operation} does not say where its result stands in the message.`);
}

/** What is no object holds no results, and makes room for them. */
function areaIn(message: Message, area: string): Record<string, unknown> | undefined {
  const given = message[area];
  return isObject(given) ? given : undefined;
}
