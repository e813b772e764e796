/** One seeded bug of the protocol: exact edits of the engine's own text. An edit that no longer matches fails the test. */
export interface Mutant {
  name: string;
  /** whose store it is explored with; bugs of the embedded store need that store */
  store: 'memory' | 'sqlite';
  /** begins of the names of the scenarios that should notice it; all others are tried after them */
  noticedBy: string[];
  edits: { file: string; find: string; replace: string }[];
}

/** Files in which bugs are seeded. */
export const files = {
  effects: 'engine/run-effects.ts',
  engine: 'engine/engine.ts',
  conclusions: 'engine/conclusions.ts',
  endings: 'engine/endings.ts',
  active: 'engine/active-run.ts',
  watch: 'engine/instance-watch.ts',
  policy: 'engine/retry-policy.ts',
  compensation: 'engine/compensation.ts',
  approvals: 'engine/approvals.ts',
  deadline: 'engine/deadline.ts',
  stall: 'engine/stall.ts',
  suspects: 'engine/suspects.ts',
  opening: 'engine/sqlite/sqlite-file.ts',
  runs: 'engine/sqlite/runs.ts',
  runRows: 'engine/sqlite/run-rows.ts',
  personActs: 'engine/sqlite/person-acts.ts',
  undoing: 'engine/sqlite/undoing.ts',
  effectRows: 'engine/sqlite/effects.ts',
  approvalRows: 'engine/sqlite/approvals.ts',
  journal: 'engine/journal.ts',
  claim: 'engine/sqlite/claim.ts',
  migrations: 'engine/sqlite/migrations.ts',
  versions: 'engine/sqlite/record-versions.ts',
};

export const edit = (file: string, find: string, replace: string) => ({ file, find, replace });
