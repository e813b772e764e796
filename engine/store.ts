import type { Json } from '../model/json.ts';
import type { CredentialKeeper } from '../model/kept-credential.ts';
import type { ApprovalStore } from './store/approvals.ts';
import type { EffectStore } from './store/effects.ts';
import type { JournalStore } from './store/journal.ts';
import type { RunStore } from './store/runs.ts';

export interface ReconciliationRecord {
  id: string;
  at: number;
  node: string;
  subject: string;
  result: Json;
}

/** What is open now, all of it counted. */
export interface OpenFigures {
  /** questions that wait for a person */
  approvals: number;
  effectsInDoubt: number;
  /** epoch ms at which the first of the runs that have not ended came in */
  oldestOpenAt?: number;
}

/** What a store says when it is opened. */
export interface Opened {
  /** runs that were under way when their process died, ready again */
  recovered: number;
  /** some of them may be what makes the process die (engine/suspects.ts) */
  suspects: boolean;
  /** what the administrator should mend, in words */
  remarks?: string[];
}

/**
 * Where runs live, in areas: runs, writes, questions, journal (`engine/store/`). Every method is one transaction: when its promise resolves, the change
 * is on disk. The same contract suite runs on each implementation (test/engine/store-contract.ts).
 */
export interface Store extends RunStore, EffectStore, ApprovalStore, JournalStore, CredentialKeeper {
  /** Opens, migrates, and makes every run that a dead process left running ready again; each has one crash more. `suspects`: there are some. */
  open(now: number): Promise<Opened>;
  close(): Promise<void>;
  /** Writes without changing anything: it proves that the store takes writes. */
  touch(): Promise<void>;

  openFigures(): Promise<OpenFigures>;
  saveReconciliation(record: ReconciliationRecord): Promise<void>;
  reconciliations(limit: number): Promise<ReconciliationRecord[]>;
  /** Flows as deployed, kept with the runs that passed through them. */
  saveRevision(revision: string, flows: Json, now: number): Promise<void>;
}
