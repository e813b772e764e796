import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import { type Anchors, anchorsIn } from './anchor-file.ts';
import type { JournalHead, JournalLine } from './journal.ts';
import { anchorFlaw, type Seen } from './journal-anchor.ts';
import type { ExportEnd } from './journal-export.ts';
import { type JournalFlaw, journalFlaw } from './journal-flaw.ts';
import { readOnly } from './sqlite/database.ts';
import { journalIn } from './sqlite/journal-chain.ts';
import { ChainCheck, chainFlaw } from './verify-journal.ts';

/** What was put down of a journal elsewhere: an anchor file's content, or one line. */
export type Known = { anchors: Anchors } | { line: Seen };

/** From what a person names: an anchor file, or `<line>:<hash>` as the log says it. Throws a Failure when it is neither. */
export function knownFrom(anchor: string): Known {
  const line = /^(\d+):([0-9a-f]{64})$/.exec(anchor);
  if (line) return { line: { seq: Number(line[1]), hash: String(line[2]), at: 'the time of the log' } };
  const anchors = existsSync(anchor) ? anchorsIn(readFileSync(anchor, 'utf8')) : undefined;
  if (anchors) return { anchors };
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('ANCHOR_UNREADABLE', { anchor }),
  });
}

export interface OfflineCheck {
  flaw?: JournalFlaw;
  head?: JournalHead;
}

/** Checks an export, or the file of an embedded store that no Node-RED has open. Throws a Failure when it cannot be read. */
export function checkJournal(file: string, known?: Known): Promise<OfflineCheck> {
  return isSqlite(file) ? checkStore(file, known) : checkExport(file, known);
}

async function checkStore(file: string, known: Known | undefined): Promise<OfflineCheck> {
  const database = readOnly(file);
  try {
    const journal = journalIn(database);
    const [head] = await journal.heads();
    const flaw = (await chainFlaw(journal)) ?? (await anchorFlaw(seenOf(known, await journal.hashOf(1), resolve(file)), journal));
    return { ...(flaw ? { flaw } : {}), ...(head ? { head } : {}) };
  } finally {
    database.close();
  }
}

async function checkExport(file: string, known: Known | undefined): Promise<OfflineCheck> {
  const check = new ChainCheck({ seq: Number.POSITIVE_INFINITY, hash: '' });
  const wanted = new Set([1, ...everySeen(known).map(({ seq }) => seq)]);
  const hashes = new Map<number, string>();
  let closing: ExportEnd | undefined;
  let expected = 1;
  for await (const text of linesOf(file)) {
    if (text.trim() === '') continue;
    const line = parsed(text);
    if (closing) return { flaw: journalFlaw('beyond', expected) };
    if (line && 'end' in line) {
      closing = line;
      continue;
    }
    const flaw = line ? check.next(line) : journalFlaw('line', expected);
    if (flaw || !line) return { flaw: flaw ?? journalFlaw('line', expected) };
    if (wanted.has(line.seq)) hashes.set(line.seq, line.hash);
    expected = line.seq + 1;
  }
  if (!closing) return { flaw: journalFlaw('unfinished') };
  const head = closing.end;
  if (!head) return { flaw: journalFlaw('head-missing') };
  check.end = head;
  const flaw = check.atEnd() ?? (await anchorFlaw(seenOf(known, hashes.get(1)), { hashOf: async (seq) => hashes.get(seq) }));
  return { ...(flaw ? { flaw } : {}), head };
}

const everySeen = (known: Known | undefined): Seen[] => (!known ? [] : 'line' in known ? [known.line] : Object.values(known.anchors));

/** Of what an anchor file says, that which is about this journal; when nothing is, this is not a journal that it knows. */
function seenOf(known: Known | undefined, first: string | undefined, place?: string): Seen[] {
  if (!known || 'line' in known) return everySeen(known);
  const entries = Object.entries(known.anchors);
  const about = entries.filter(([where, { journal }]) => where === place || journal === first);
  return (about.length > 0 ? about : entries).map(([, anchored]) => anchored);
}

/** They end at U+000A and nowhere else: what somebody has typed as a reason may have line ends of other kinds in it. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let begun = '';
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const [first = '', ...more] = chunk.split('\n');
    const last = more.pop();
    if (last === undefined) {
      begun += first;
      continue;
    }
    yield begun + first;
    yield* more;
    begun = last;
  }
  yield begun;
}

/** Of a field that is there twice, a person would read the first, and the hash covers the last: what was exported is written as JSON has it. */
function parsed(text: string): JournalLine | ExportEnd | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    if (JSON.stringify(value) !== text.trimEnd()) return undefined;
    return value && typeof value === 'object' ? (value as JournalLine | ExportEnd) : undefined;
  } catch {
    return undefined;
  }
}

function isSqlite(file: string): boolean {
  const begin = Buffer.alloc(16);
  try {
    const fd = openSync(file, 'r');
    readSync(fd, begin, 0, 16, 0);
    closeSync(fd);
  } catch (error) {
    throw new Failure({ class: 'contract.invalid', ...inWords('FILE_UNREADABLE', { said: (error as Error).message }) });
  }
  return begin.toString('latin1') === 'SQLite format 3\0';
}
