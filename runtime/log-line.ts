import { boundedText } from '../model/bounded-text.ts';
import type { Failure } from '../model/failure.ts';
import { withoutSecrets } from '../model/known-secrets.ts';
import { redactText } from '../model/redact.ts';

const mostLetters = 2_000;
/** Line ends, escapes of a terminal, marks that turn the direction of writing: with them a text could pass itself off as another line. */
const forging = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

type Level = 'error' | 'warn' | 'info';
type Say = (line: string) => void;
/** The log of Node-RED, or a node: what that calls `info`, a node calls `log`. */
type Log = Partial<Record<Level, Say>> | (Partial<Record<'error' | 'warn', Say>> & { log: Say; info?: undefined });

/**
 * A text as it may stand in a log or beside a node, where everybody reads it: one line, bounded, without secrets, e-mail addresses
 * and the names of persons that the event holds which it is about.
 */
export function lineOf(text: string, event?: unknown): string {
  return boundedText(redactText(withoutSecrets(text), event).replace(forging, ' '), mostLetters);
}

/** The one way into Node-RED's log: a lint rule forbids every other. */
export function logLine(log: Log, level: Level, text: string): void {
  if (level === 'info' && !log.info && 'log' in log) log.log(lineOf(text));
  else log[level]?.(lineOf(text));
}

/** What is wrong and what to do about it. */
export function logFailure(log: Log, { message, remedy }: Pick<Failure, 'message' | 'remedy'>): void {
  logLine(log, 'error', remedy ? `${message} ${remedy}` : message);
}

/** The failure for `done`: Node-RED logs its message where no Catch node takes it. Whole it is in the store and on the message. */
export function logged(failure: Failure, event?: unknown): Failure {
  return failure.with({ message: lineOf(failure.message, event) });
}

/** Reports an error of a node that is not ours, as the node itself should have: Catch nodes get it, else Node-RED logs it. */
export function reportFor(node: { error?(error: unknown, message: object): void }, reason: unknown, message: object): void {
  node.error?.(reason instanceof Error ? reason : new Error(lineOf(String(reason))), message);
}
