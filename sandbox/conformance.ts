import type { Fault } from './faults.ts';

/**
 * What the conformance suite (`npm run conformance`) has to know of a system, as data beside its simulator: whom to sign in as, what is there, what is
 * asked of each operation, and what then stands in the simulator's journal.
 */
export interface ConformanceData {
  /** settings of the connection besides its address and the credentials that the simulator tells */
  settings?: Readonly<Record<string, string>>;
  /** what is there before everything else, as the simulator's `load` takes it */
  given?: unknown;
  /** answers in the system's own words, where a status alone would not be one of its own */
  answers?: Readonly<Partial<Record<'401' | '429' | '503', { status?: number; headers?: Record<string, string>; body: unknown }>>>;
  /** by the id of the operation, one sample each, or several where it is done in several ways */
  operations: Readonly<Record<string, readonly OperationSample[]>>;
}

export interface OperationSample {
  /** which way of doing it, where there are several: `one record` */
  title?: string;
  /** there for this operation, besides what always is */
  given?: unknown;
  /** of a stream: what comes to be there while it is listened to */
  meanwhile?: unknown;
  /** `one`: the input · `batch`: the lines · `poll` and `stream`: the options · `list`: first and last day */
  input: unknown;
  /** records made, as `type key` of the journal (as `type` those without a key), in any order; of a poll, a stream or a list, the business ids of what comes */
  makes: readonly string[];
  /** what it makes are changes of records that are there, or their end: they count, each once */
  changes?: true;
  /** the record is there, but somebody else's */
  others: Refusal | NotHere;
  /** a rule of the business forbids it */
  refused: Refusal | NotHere;
}

/** What is asked for then, and how it must be refused: naming record, field and value, with nothing written. */
export interface Refusal {
  /** made before by the sample itself, as another's would be */
  after?: 'the sample';
  given?: unknown;
  /** a rule that the firm has made for itself there */
  rule?: Fault;
  /** absent: as in the sample */
  input?: unknown;
  /** what had been made before it was refused, as in `makes` */
  leaves?: readonly string[];
  failure: { class: string; code?: string; record: string; field: string; value: string };
}

/** It cannot happen there: why. */
export interface NotHere {
  why: string;
}
