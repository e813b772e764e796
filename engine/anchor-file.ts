import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What was seen of a journal: at that time it had this line, so it must have it for ever. */
export interface Anchored {
  /** hash of the journal's first line: which journal it is, wherever it lies */
  journal: string;
  seq: number;
  hash: string;
  /** RFC 3339 UTC */
  at: string;
}

/** By the place of the store: a file's path, or address and schema of a database. */
export type Anchors = Record<string, Anchored>;

/** A small file outside the store, for its owner alone, replaced whole: a reader finds the one before or the one after. */
export class AnchorFile {
  readonly path: string;
  private drafts = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Undefined when it cannot be understood. */
  read(): Anchors | undefined {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : undefined;
    }
    return anchorsIn(text);
  }

  async save(anchors: Anchors): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const draft = this.draft();
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(textOf(anchors));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, this.path);
  }

  /** For a process that gets no more turns. */
  saveNow(anchors: Anchors): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const draft = this.draft();
    const file = openSync(draft, 'w', 0o600);
    try {
      writeSync(file, textOf(anchors));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.path);
  }

  private draft(): string {
    this.drafts = (this.drafts + 1) % 2; // one that is being written does not get in the way of the last
    return `${this.path}.${process.pid}-${this.drafts}`;
  }
}

const textOf = (anchors: Anchors) => `${JSON.stringify({ anchors }, undefined, 2)}\n`;

export function anchorsIn(text: string): Anchors | undefined {
  try {
    const { anchors } = JSON.parse(text) as { anchors: Anchors };
    return Object.values(anchors).every(isAnchored) ? anchors : undefined;
  } catch {
    return undefined;
  }
}

const isAnchored = ({ journal, seq, hash, at }: Anchored) =>
  typeof journal === 'string' && Number.isSafeInteger(seq) && seq > 0 && typeof hash === 'string' && typeof at === 'string';
