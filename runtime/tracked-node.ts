import type { Message } from './message.ts';

/** What the hooks see of a node: only what Node-RED has had, unchanged, from 4.1 to 5.0 (runtime/lib/nodes/Node.js). */
export interface TrackedNode {
  id: string;
  type: string;
  /** of a node of a subflow's instance: the one of the subflow */
  _alias?: string;
  wires?: string[][];
  _flow?: { getNode(id: string): unknown; completeNodeMap?: Record<string, unknown> };
  _inputCallback?: ((...parts: unknown[]) => void) | null;
  _inputCallbacks?: unknown[] | null;
  _expectedDoneCount?: number;
  send?(...messages: unknown[]): void;
  error?(error: unknown, message?: unknown): void;
}
export interface SendEvent {
  msg: Message;
  source: { node: TrackedNode; port?: number };
  destination: { id: string; node?: TrackedNode };
}
export interface ReceiveEvent {
  msg: Message;
  destination: { id: string; node: TrackedNode };
}
export interface CompleteEvent {
  msg: Message;
  error?: unknown;
  node: { id: string; node: TrackedNode };
}

/** Whether Node-RED can expect this node to call `done` (Node.js `_expectedDoneCount`). */
export function callsDone(node: TrackedNode): boolean {
  if (node._inputCallback) return node._inputCallback.length >= 3;
  return (node._expectedDoneCount ?? 0) > 0;
}

/** Whether a Complete node of the tab gets a copy of what this node is done with (Flow.js, `handleComplete`); where that cannot be known, it may. */
export function isHeardByCompleteNodes({ id, _flow }: TrackedNode): boolean {
  const heard = _flow?.completeNodeMap;
  return heard === undefined || heard[id] !== undefined;
}

export function isWired(node: TrackedNode): boolean {
  return node.wires?.some((wires) => wires.length > 0) ?? false;
}

/** A closed node takes messages and does nothing with them. */
export function isDeaf(node: TrackedNode): boolean {
  return !node._inputCallback && !node._inputCallbacks?.length;
}

/**
 * Core nodes without `done` that may send nothing, but have always finished when their handler returns (rbe.js: a value
 * that did not change ends there).
 */
export const finishAtOnce: ReadonlySet<string> = new Set(['rbe']);

/** Core nodes with `done` that report an error long after their handler has returned, and then never call it (60-link.js: the time-out of a link call). */
export const doneWithError: ReadonlySet<string> = new Set(['link call']);

/** Whoever hears what no hook tells: a send that carries no message (a switch no rule of which fits), and an error reported by hand. */
interface Hearing {
  sentNothing(node: TrackedNode): void;
  reported(node: TrackedNode, error: unknown, message: object): void;
}

export function listenTo(node: TrackedNode, hearing: Hearing): void {
  const { send, error } = node;
  if (send && !ours.has(send)) {
    node.send = function (this: TrackedNode, ...messages) {
      if (!carriesMessage(messages[0])) hearing.sentNothing(node);
      send.apply(node, messages);
    };
    ours.add(node.send);
  }
  if (error && !ours.has(error)) {
    node.error = function (this: TrackedNode, ...parts) {
      const [text, message] = parts;
      if (message && typeof message === 'object') hearing.reported(node, text, message);
      error.apply(node, parts);
    };
    ours.add(node.error);
  }
}
const ours = new WeakSet<object>();

function carriesMessage(sent: unknown): boolean {
  return Array.isArray(sent) ? sent.some(carriesMessage) : sent !== null && sent !== undefined;
}
