/** One write that a simulator received, in order of arrival. A request that carries several records gives several entries. */
export interface JournalEntry {
  seq: number;
  /** RFC 3339 UTC, sandbox clock */
  at: string;
  method: string;
  /** path with query, as received */
  path: string;
  /** HTTP status that was (or would have been) answered */
  status: number;
  /** what became of the record: only `created`, `updated` and `deleted` changed anything */
  outcome: 'created' | 'updated' | 'deleted' | 'unchanged' | 'refused';
  /** the system's own record type: `timeBill`, `workspaces`, `Opportunity` */
  type?: string;
  /** the system's own record id */
  id?: string;
  /** business id carried by the write: external id or external reference */
  key?: string;
  /** true when the record was changed but the caller never got the answer */
  answerLost?: boolean;
  /** the record as received */
  body?: unknown;
}

/** Append-only list of writes; `only applied` is how the outside world proves "once each". */
export class Journal {
  readonly entries: JournalEntry[] = [];
  private readonly now: () => Date;

  constructor(now: () => Date) {
    this.now = now;
  }

  add(entry: Omit<JournalEntry, 'seq' | 'at'>): JournalEntry {
    const full: JournalEntry = { seq: this.entries.length + 1, at: this.now().toISOString(), ...entry };
    this.entries.push(full);
    return full;
  }

  restore(entries: JournalEntry[]): void {
    this.entries.splice(0, this.entries.length, ...entries);
  }
}
