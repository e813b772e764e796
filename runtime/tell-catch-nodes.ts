import type { NodeMessage } from 'node-red';
import type { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import { lineOf, logged, logLine } from './log-line.ts';
import type { Message } from './message.ts';
import { uncopyable } from './message-copy.ts';
import { saidIn } from './message-parts.ts';
import { wrongInput } from './message-values.ts';
import type { PackNode } from './pack-node.ts';

/**
 * Ends a message with its failure: Node-RED logs it, and hands a copy of the message to each Catch node. Copying ends the whole process where something
 * in the message cannot be copied, which is therefore left out.
 *
 * @param show shows the failure, given what the message says
 * @param about what the failure is about; absent = the message
 */
export function tellCatchNodes(
  base: PackNode,
  message: Message,
  failure: Failure,
  done: (error?: Error) => void,
  show?: (about: unknown) => void,
  about?: unknown,
): void {
  try {
    const dropped = takeOutUncopyable(base, message);
    const said = about ?? saidIn(message);
    show?.(said);
    const without = ` The message goes to the Catch nodes without ${dropped}, which cannot be copied.`;
    done(logged(dropped === '' ? failure : failure.with({ message: failure.message + without }), said));
  } catch (error) {
    // nothing may be taken out of a frozen message
    logLine(base.node, 'error', `${lineOf(failure.message, about)} The message could not be handed to the Catch nodes: ${String(error)}`);
  }
}

/** Every node behind an output but the first gets a copy: where there is none, it would get nothing, or all memory would go into it. */
export function assertCopyable(base: PackNode, output: Message | (Message | Message[] | null)[]): void {
  const { wires = [] } = base.node as unknown as { wires?: string[][] };
  if (wires.flat().length < 2) return;
  for (const message of [output].flat(2)) {
    const [part] = message ? uncopyableIn(base, message) : [];
    if (part === undefined) continue;
    throw wrongInput(`msg.${part}`, undefined, inWords('INPUT_WRONG.not-copied', { part }));
  }
}

/** Takes out of a message what cannot be copied, and names it. */
export function takeOutUncopyable(base: PackNode, message: Message): string {
  const dropped = uncopyableIn(base, message);
  for (const name of dropped) Reflect.deleteProperty(message, name);
  return listed(dropped);
}

/** `msg.a, msg.b, msg.c and 12 more` */
function listed(names: readonly string[]): string {
  const first = names.slice(0, 3).map((name) => `msg.${name}`);
  return names.length > first.length ? `${first.join(', ')} and ${names.length - first.length} more` : first.join(', ');
}

const uncopyableIn = ({ RED }: PackNode, message: Message): string[] =>
  uncopyable(message, (part) => RED.util.cloneMessage(part as NodeMessage));
