import { Failure } from '../model/failure.ts';
import { type FailureText, inWords } from '../model/failure-words.ts';

/**
 * What is wrong with a journal:
 * - `line`: it does not fit the one before, or its own hash; `missing`: it was cut off at the end; `beyond`: it comes after the head;
 * - `head`, `head-missing`, `head-twice`: the record of where the journal ends was changed, deleted, doubled;
 * - `cut`, `exchanged`, `other`: a whole chain, but not the one that was anchored; `anchor-damaged`: that cannot be told;
 * - `unfinished`: an export without its end.
 */
export type JournalFlawKind =
  'line' | 'missing' | 'beyond' | 'head' | 'head-missing' | 'head-twice' | 'cut' | 'exchanged' | 'other' | 'anchor-damaged' | 'unfinished';

export interface JournalFlaw {
  kind: JournalFlawKind;
  /** the first line that is not as it was */
  line?: number;
  message: string;
  remedy: string;
}

type Say = (line: string, at: string) => FailureText & { remedy: string };

const words: Record<JournalFlawKind, Say> = {
  line: (line) => inWords('STORE_JOURNAL_BROKEN.line', { line }),
  missing: (line) => inWords('STORE_JOURNAL_BROKEN.missing', { line }),
  beyond: (line) => inWords('STORE_JOURNAL_BROKEN.beyond', { line }),
  head: (line) => inWords('STORE_JOURNAL_BROKEN.head', { line }),
  'head-missing': () => inWords('STORE_JOURNAL_BROKEN.head-missing'),
  'head-twice': () => inWords('STORE_JOURNAL_BROKEN.head-twice'),
  cut: (line, at) => inWords('STORE_JOURNAL_BROKEN.cut', { line, at }),
  exchanged: (line, at) => inWords('STORE_JOURNAL_BROKEN.exchanged', { line, at }),
  other: (line, at) => inWords('STORE_JOURNAL_BROKEN.other', { line, at }),
  'anchor-damaged': () => inWords('STORE_JOURNAL_BROKEN.anchor-damaged'),
  unfinished: () => inWords('STORE_JOURNAL_BROKEN.unfinished'),
};

export function journalFlaw(kind: JournalFlawKind, line?: number, at = ''): JournalFlaw {
  const { message, remedy } = words[kind](String(line), at);
  return { kind, ...(line === undefined ? {} : { line }), message, remedy };
}

/** Nothing more can be put down: the write is refused, and with it what it was about. */
export function journalBroken(kind: 'beyond' | 'head-missing' | 'head-twice', line?: number): Failure {
  return new Failure({ class: 'transient.unavailable', ...words[kind](String(line), '') });
}
