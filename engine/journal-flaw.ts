import { Failure } from '../model/failure.ts';

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

const restore = 'Stop Node-RED, keep a copy of the store as evidence, and restore a backup of which the journal is whole.';
const accept =
  'If the store was restored from a backup or begun anew, accept the present end with a reason (POST /journal/anchor). Otherwise somebody has changed the journal: keep a copy of store and anchor.';

const words: Record<JournalFlawKind, [message: (line: number | undefined, at: string) => string, remedy: string]> = {
  line: [(line) => `Line ${line} of the journal was changed, or the one before it was removed.`, restore],
  missing: [(line) => `The journal ends before line ${line}: what came after was removed.`, restore],
  beyond: [(line) => `Line ${line} of the journal comes after its end: it was added from outside, or the head was set back.`, restore],
  head: [(line) => `The head of the journal does not fit line ${line}: one of them was changed.`, restore],
  'head-missing': [() => 'The head of the journal, which says where it ends, was deleted.', restore],
  'head-twice': [() => 'The journal has more than one head: one was put in from outside.', restore],
  cut: [(line, at) => `The journal ends before line ${line}, which was there at ${at}.`, accept],
  exchanged: [(line, at) => `Line ${line} of the journal is another than the one that was there at ${at}.`, accept],
  other: [(line, at) => `This is another journal than the one that was here: that one had ${line} lines at ${at}.`, accept],
  'anchor-damaged': [() => 'The anchor of the journal cannot be read.', accept],
  unfinished: [() => 'The export has no closing line: it was cut, or had not come to its end.', 'Export the journal again.'],
};

export function journalFlaw(kind: JournalFlawKind, line?: number, at = ''): JournalFlaw {
  const [message, remedy] = words[kind];
  return { kind, ...(line === undefined ? {} : { line }), message: message(line, at), remedy };
}

/** Nothing more can be put down: the write is refused, and with it what it was about. */
export function journalBroken(flaw: JournalFlaw): Failure {
  const { message, remedy } = flaw;
  return new Failure({ class: 'transient.unavailable', code: 'STORE_JOURNAL_BROKEN', message, remedy });
}
