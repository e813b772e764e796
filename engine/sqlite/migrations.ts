/** Numbered migrations of the embedded store. One that was released never changes; a change is a new number. */
export const migrations: string[] = [
  // 1: runs, effects, cursors, journal, reconciliations
  `
  CREATE TABLE cursors (source TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT;
  CREATE TABLE revisions (revision TEXT PRIMARY KEY, flows TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    entry TEXT NOT NULL,
    flow TEXT NOT NULL,
    key TEXT NOT NULL,
    event_source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    event TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0,
    available_at INTEGER NOT NULL,
    revision TEXT NOT NULL DEFAULT '',
    severity TEXT NOT NULL,
    failure TEXT,
    failed_node TEXT,
    forgotten INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX runs_event ON runs (entry, event_source, event_id);
  CREATE INDEX runs_open_key ON runs (entry, key, seq) WHERE status IN ('ready', 'running', 'waiting');
  CREATE INDEX runs_due ON runs (entry, seq) WHERE status IN ('ready', 'waiting');
  CREATE INDEX runs_waiting ON runs (available_at) WHERE status = 'waiting';
  CREATE INDEX runs_running ON runs (seq) WHERE status = 'running';
  CREATE INDEX runs_status ON runs (status, seq);
  CREATE INDEX runs_to_forget ON runs (updated_at) WHERE forgotten = 0 AND status IN ('done', 'cancelled');
  CREATE TABLE effects (
    key TEXT PRIMARY KEY,
    run TEXT NOT NULL,
    node TEXT NOT NULL,
    business TEXT NOT NULL,
    title TEXT NOT NULL,
    system TEXT NOT NULL,
    settle TEXT NOT NULL,
    status TEXT NOT NULL,
    request TEXT NOT NULL,
    result TEXT,
    failure TEXT,
    found INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 1,
    intended_at INTEGER NOT NULL,
    finished_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX effects_run ON effects (run, intended_at);
  CREATE INDEX effects_open ON effects (status) WHERE status IN ('intended', 'in-doubt');
  CREATE TABLE failed_attempts (
    run TEXT NOT NULL, attempt INTEGER NOT NULL, node TEXT, failure TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX failed_attempts_run ON failed_attempts (run, at);
  CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_subject ON journal (subject, seq);
  CREATE TABLE reconciliations (id TEXT PRIMARY KEY, at INTEGER NOT NULL, node TEXT NOT NULL, subject TEXT NOT NULL, result TEXT NOT NULL) STRICT;
  CREATE INDEX reconciliations_at ON reconciliations (at);
  `,
  // 2: a replayed run comes before later ones of its key, one of which may be under way
  `
  CREATE INDEX runs_running_key ON runs (entry, key) WHERE status = 'running';
  `,
];
