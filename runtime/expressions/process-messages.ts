import type { Json } from '../../model/json.ts';
import type { Limit } from './limit-failure.ts';

/** A value without what cannot be sent, and where that was. */
export interface Carried {
  value: unknown;
  missing: string[][];
}

/** One expression to be worked out; `functions` can be asked back for by name. */
export interface Task {
  text: string;
  input: Carried;
  functions: readonly string[];
}

/** What came of it: a value, what jsonata says is wrong, or the limit it came to. */
export type Answer = { value: Json | undefined } | { error: string } | { limit: Limit };

export interface Question {
  ask: number;
  name: string;
  values: unknown[];
}
