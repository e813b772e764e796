import type { FailureClass, FailureDetails, FailureGiven, Issue, WriteOutcome } from './failure-details.ts';
import type { Words } from './failure-sentence.ts';
import { cleaned } from './failure-texts.ts';
import { inWords } from './failure-words.ts';
import { safeCause } from './safe-cause.ts';

export {
  failureClasses,
  type FailureClass,
  type FailureDetails,
  type FailureGiven,
  type Issue,
  type WriteOutcome,
} from './failure-details.ts';

const brand = Symbol.for('psconnect.failure');

/** The one error type of the product. Recognised by brand, so that two loaded copies of the pack agree. */
export class Failure extends Error implements FailureDetails {
  readonly class: FailureClass;
  readonly code: string;
  readonly system?: string;
  readonly record?: string;
  readonly recordWords?: Words;
  readonly field?: string;
  readonly value?: string;
  readonly remedy?: string;
  readonly words?: Words;
  readonly issues?: Issue[];
  readonly retryAfterMs?: number;
  readonly outcome?: WriteOutcome;
  readonly status?: number;
  readonly [brand] = true;

  constructor(details: FailureGiven, options?: { cause?: unknown }) {
    const told = cleaned(details);
    super(told.message, options?.cause === undefined ? undefined : { cause: safeCause(options.cause) });
    this.name = 'Failure';
    this.class = told.class;
    this.code = told.code;
    for (const name of optionalDetails) {
      if (told[name] !== undefined) Object.assign(this, { [name]: told[name] });
    }
  }

  static is(value: unknown): value is Failure {
    return typeof value === 'object' && value !== null && brand in value;
  }

  /** Any thrown value as a Failure; what is not one already is a defect of ours: `internal`. */
  static from(value: unknown): Failure {
    if (Failure.is(value)) return value;
    const error = value instanceof Error ? value : new Error(textOf(value));
    return new Failure({ class: 'internal', ...inWords('UNEXPECTED', { said: textOf(error.message) }) }, { cause: error });
  }

  /** The same failure with more said about it; the words that it had do not say what is said anew. */
  with(more: Partial<FailureGiven>): Failure {
    const anew = {
      ...('message' in more || 'remedy' in more ? { words: undefined } : {}),
      ...('record' in more ? { recordWords: undefined } : {}),
    };
    return new Failure({ ...this.toJSON(), ...anew, ...more }, { cause: this.cause });
  }

  toJSON(): FailureDetails {
    const details: FailureDetails = { class: this.class, code: this.code, message: this.message };
    for (const name of optionalDetails) {
      if (this[name] !== undefined) Object.assign(details, { [name]: this[name] });
    }
    return details;
  }
}

/** Thrown values may be anything, and an object that cannot be written out would throw again. */
function textOf(value: unknown): string {
  try {
    return typeof value === 'string' ? value : String(value);
  } catch {
    return 'something that cannot be named';
  }
}

const optionalDetails = [
  'system',
  'record',
  'recordWords',
  'field',
  'value',
  'remedy',
  'words',
  'issues',
  'retryAfterMs',
  'outcome',
  'status',
] as const;
