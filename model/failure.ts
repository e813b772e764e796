import { boundedText } from './bounded-text.ts';

/** The error classes of the product (docs/errors.md). The class alone decides what happens next: see engine/retry-policy.ts. */
export const failureClasses = [
  'transient.unavailable',
  'transient.timeout',
  'transient.throttled',
  'transient.locked',
  'auth.expired',
  'auth.denied',
  'contract.invalid',
  'contract.drift',
  'business.rejected',
  'conflict.duplicate',
  'conflict.stale',
  'mapping.missing',
  'ownership.violation',
  'quota.exhausted',
  'internal',
] as const;
export type FailureClass = (typeof failureClasses)[number];

/** What became of the write that failed. `unknown` puts the effect in doubt. */
export type WriteOutcome = 'not-made' | 'unknown';

/** Everything an analyst needs to understand one failure; plain JSON, stored with the run. */
export interface FailureDetails {
  class: FailureClass;
  /** the system's own code (`UNABLE_TO_LOCK_ROW`) or ours (`MILESTONE_SUM`) */
  code: string;
  /** one sentence in the analyst's words */
  message: string;
  /** system that said it; absent when it is our own check */
  system?: string;
  /** which record: `opportunity ENG-0007`, `time entry 4711` */
  record?: string;
  /** path of the field in the canonical object or the system's field name */
  field?: string;
  /** the offending value, shortened */
  value?: string;
  /** what to do about it */
  remedy?: string;
  /** further problems of the same record */
  issues?: Issue[];
  /** ask again not sooner than this many milliseconds */
  retryAfterMs?: number;
  /** for writes only */
  outcome?: WriteOutcome;
  /** HTTP status, when there was one */
  status?: number;
}

/** One thing that is wrong with a record. */
export interface Issue {
  code: string;
  field: string;
  value?: string;
  message: string;
  remedy: string;
}

/**
 * How long each text may be: much of a failure was said by others, and all of it is stored, logged and shown. This is the
 * one place where it is shortened.
 */
const mostLetters = { class: 100, code: 200, message: 2_000, system: 200, record: 500, field: 500, value: 1_000, remedy: 2_000 } as const;
/** of all issues together */
const mostIssues = 200;
const mostIssueLetters = 16_000;

const brand = Symbol.for('psconnect.failure');

/** The one error type of the product. Recognised by brand, so that two loaded copies of the pack agree. */
export class Failure extends Error implements FailureDetails {
  readonly class: FailureClass;
  readonly code: string;
  readonly system?: string;
  readonly record?: string;
  readonly field?: string;
  readonly value?: string;
  readonly remedy?: string;
  readonly issues?: Issue[];
  readonly retryAfterMs?: number;
  readonly outcome?: WriteOutcome;
  readonly status?: number;
  readonly [brand] = true;

  constructor(details: FailureDetails, options?: { cause?: unknown }) {
    super(boundedText(details.message, mostLetters.message), options);
    this.name = 'Failure';
    this.class = details.class;
    this.code = boundedText(details.code, mostLetters.code);
    for (const name of optionalDetails) {
      if (details[name] !== undefined) Object.assign(this, { [name]: bounded(name, details[name]) });
    }
  }

  static is(value: unknown): value is Failure {
    return typeof value === 'object' && value !== null && brand in value;
  }

  /** Any thrown value as a Failure; what is not one already is a defect of ours: `internal`. */
  static from(value: unknown): Failure {
    if (Failure.is(value)) return value;
    const error = value instanceof Error ? value : new Error(String(value));
    return new Failure(
      { class: 'internal', code: 'UNEXPECTED', message: error.message, remedy: 'This is a defect: please report it with the run id.' },
      { cause: error },
    );
  }

  /** The same failure with more said about it. */
  with(more: Partial<FailureDetails>): Failure {
    return new Failure({ ...this.toJSON(), ...more }, { cause: this.cause });
  }

  toJSON(): FailureDetails {
    const details: FailureDetails = { class: this.class, code: this.code, message: this.message };
    for (const name of optionalDetails) {
      if (this[name] !== undefined) Object.assign(details, { [name]: this[name] });
    }
    return details;
  }
}

function bounded(name: (typeof optionalDetails)[number], value: unknown): unknown {
  if (name === 'issues') return Array.isArray(value) ? boundedIssues(value as Issue[]) : undefined;
  return name in mostLetters ? boundedText(value, mostLetters[name as keyof typeof mostLetters]) : value;
}

/** As many as there is room for; of the others it is said how many they are. */
function boundedIssues(issues: Issue[]): Issue[] {
  const last = issues.at(-1);
  const more = last?.code === 'MORE' ? last : undefined; // of a failure that was shortened before
  const kept: Issue[] = [];
  let letters = 0;
  for (const issue of issues.slice(0, Math.min(mostIssues, issues.length - (more ? 1 : 0)))) {
    const short = boundedIssue(issue);
    letters += Object.values(short).reduce((sum, text) => sum + text.length, 0);
    if (letters > mostIssueLetters) break;
    kept.push(short);
  }
  const left = issues.length - kept.length;
  if (more && left === 1) kept.push(boundedIssue(more));
  else if (left > 0) kept.push({ code: 'MORE', field: '', message: `There are ${left} more.`, remedy: 'Mend these first.' });
  return kept;
}

function boundedIssue(issue: Issue): Issue {
  const { code, field, value, message, remedy } = issue ?? {};
  return {
    code: boundedText(code ?? '', mostLetters.code),
    field: boundedText(field ?? '', mostLetters.field),
    ...(value === undefined ? {} : { value: boundedText(value, mostLetters.value) }),
    message: boundedText(message ?? '', mostLetters.message),
    remedy: boundedText(remedy ?? '', mostLetters.remedy),
  };
}

const optionalDetails = ['system', 'record', 'field', 'value', 'remedy', 'issues', 'retryAfterMs', 'outcome', 'status'] as const;
