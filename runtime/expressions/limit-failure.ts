import { shorten } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import type { Words } from '../../model/failure-sentence.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { limits } from './limits.ts';

/** Which expression: the field of the form (or of the request) that it stands in, and its text. */
export interface Named {
  field: string;
  text: string;
}

/** Which limit an expression came to, as data: the process for those that take long says it, and has no catalogue of words. */
export interface Limit {
  kind: LimitKind;
  /** which part of the message, or what the machine said */
  named?: string;
}

export type LimitKind = keyof typeof limitWords;

const [values, levels, characters] = [{ count: limits.parts }, limits.levels, { count: limits.characters }];

const limitWords = {
  text: () => phrase('EXPRESSION_LIMIT.letters', { most: { count: limits.text } }),
  nesting: () => phrase('EXPRESSION_LIMIT.nesting'),
  time: () => phrase('EXPRESSION_LIMIT.time', { seconds: limits.timeMs / 1000 }),
  memory: () => phrase('EXPRESSION_LIMIT.memory', { megabytes: limits.memoryMb }),
  depth: () => phrase('EXPRESSION_LIMIT.depth', { most: { count: limits.depth } }),
  sequence: () => phrase('EXPRESSION_LIMIT.sequence', { most: { count: limits.sequence } }),
  size: (said) => phrase('EXPRESSION_LIMIT.size', { said }),
  'result-values': () => phrase('EXPRESSION_LIMIT.result-values', { most: values }),
  'result-levels': () => phrase('EXPRESSION_LIMIT.result-levels', { most: levels }),
  'result-characters': () => phrase('EXPRESSION_LIMIT.result-characters', { most: characters }),
  'result-name': () => phrase('EXPRESSION_LIMIT.result-name', { name: '__proto__' }),
  'message-values': () => phrase('EXPRESSION_LIMIT.message-values', { most: values }),
  'message-levels': () => phrase('EXPRESSION_LIMIT.message-levels', { most: levels }),
  'message-characters': () => phrase('EXPRESSION_LIMIT.message-characters', { most: characters }),
  'message-whole': () => phrase('EXPRESSION_LIMIT.message-whole'),
  'message-part': (part) => phrase('EXPRESSION_LIMIT.message-part', { part }),
} satisfies Record<string, (named: string) => Words>;

/** An expression that takes more than it may: says which one and which limit, with its number. */
export function limitFailure({ field, text }: Named, { kind, named = '' }: Limit, cause?: unknown): Failure {
  const limit = limitWords[kind](named);
  return new Failure(
    { class: 'contract.invalid', ...inWords('EXPRESSION_LIMIT', { field, limit }), field, value: shorten(text) },
    { cause },
  );
}
