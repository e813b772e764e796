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
  // 3: what is looked for at every delivery costs the same however many runs wait, or have ended. `head` = no earlier
  // run of its key is open; `tallies` = runs by status. Both are kept by the database itself, so that no writer can forget.
  `
  ALTER TABLE runs ADD COLUMN head INTEGER NOT NULL DEFAULT 1;
  UPDATE runs SET head = 0 WHERE status IN ('ready', 'running', 'waiting') AND EXISTS (
    SELECT 1 FROM runs e WHERE e.entry = runs.entry AND e.key = runs.key AND e.seq < runs.seq AND e.status IN ('ready', 'running', 'waiting'));
  DROP INDEX runs_due;
  CREATE INDEX runs_ready ON runs (entry, seq) WHERE status = 'ready' AND head = 1;
  CREATE INDEX runs_due ON runs (entry, available_at) WHERE status = 'waiting' AND head = 1;
  CREATE TRIGGER runs_head_added AFTER INSERT ON runs BEGIN
    UPDATE runs SET head = 0 WHERE seq = NEW.seq AND EXISTS (
      SELECT 1 FROM runs e WHERE e.entry = NEW.entry AND e.key = NEW.key AND e.seq < NEW.seq AND e.status IN ('ready', 'running', 'waiting'));
  END;
  CREATE TRIGGER runs_head_ended AFTER UPDATE OF status ON runs
    WHEN OLD.status IN ('ready', 'running', 'waiting') AND NEW.status NOT IN ('ready', 'running', 'waiting') BEGIN
    UPDATE runs SET head = 1 WHERE head = 0 AND seq = (
      SELECT min(e.seq) FROM runs e WHERE e.entry = NEW.entry AND e.key = NEW.key AND e.status IN ('ready', 'running', 'waiting'));
  END;
  CREATE TRIGGER runs_head_again AFTER UPDATE OF status ON runs
    WHEN OLD.status NOT IN ('ready', 'running', 'waiting') AND NEW.status IN ('ready', 'running', 'waiting') BEGIN
    UPDATE runs SET head = NOT EXISTS (
      SELECT 1 FROM runs e WHERE e.entry = NEW.entry AND e.key = NEW.key AND e.seq < NEW.seq AND e.status IN ('ready', 'running', 'waiting'))
      WHERE seq = NEW.seq;
    UPDATE runs SET head = 0
      WHERE head = 1 AND entry = NEW.entry AND key = NEW.key AND seq > NEW.seq AND status IN ('ready', 'running', 'waiting');
  END;
  CREATE TABLE tallies (status TEXT PRIMARY KEY, runs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO tallies VALUES ('ready', 0), ('running', 0), ('waiting', 0), ('done', 0), ('dead', 0), ('cancelled', 0);
  INSERT OR REPLACE INTO tallies SELECT status, count(*) FROM runs GROUP BY status;
  CREATE TRIGGER runs_tally_added AFTER INSERT ON runs BEGIN
    UPDATE tallies SET runs = runs + 1 WHERE status = NEW.status;
  END;
  CREATE TRIGGER runs_tally_moved AFTER UPDATE OF status ON runs WHEN OLD.status <> NEW.status BEGIN
    UPDATE tallies SET runs = runs - 1 WHERE status = OLD.status;
    UPDATE tallies SET runs = runs + 1 WHERE status = NEW.status;
  END;
  CREATE TRIGGER runs_tally_removed AFTER DELETE ON runs BEGIN
    UPDATE tallies SET runs = runs - 1 WHERE status = OLD.status;
  END;
  `,
  // 4: runs that wait for a person, that are undone, that come before others. `nudged` = what it will wait for has come already
  `
  ALTER TABLE runs ADD COLUMN waiting_for TEXT;
  ALTER TABLE runs ADD COLUMN nudged INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN renewed_at INTEGER;
  ALTER TABLE runs ADD COLUMN compensating TEXT;
  ALTER TABLE runs ADD COLUMN rank INTEGER GENERATED ALWAYS AS (CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'low' THEN 3 ELSE 2 END) VIRTUAL;
  DROP INDEX runs_ready;
  CREATE INDEX runs_ready ON runs (entry, rank, seq) WHERE status = 'ready' AND head = 1;
  ALTER TABLE effects ADD COLUMN place INTEGER;
  ALTER TABLE effects ADD COLUMN maker TEXT;
  ALTER TABLE effects ADD COLUMN undo TEXT;
  ALTER TABLE effects ADD COLUMN of_undo INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE approvals (
    id TEXT PRIMARY KEY,
    run TEXT NOT NULL,
    node TEXT NOT NULL,
    title TEXT NOT NULL,
    details TEXT NOT NULL,
    severity TEXT NOT NULL,
    status TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    expires_at INTEGER,
    escalate_at INTEGER,
    escalated_at INTEGER,
    decided_by TEXT,
    reason TEXT,
    decided_at INTEGER,
    UNIQUE (run, node)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX approvals_status ON approvals (status, requested_at);
  CREATE INDEX approvals_requested ON approvals (requested_at);
  `,
  // 5: runs that may be what makes the process die; the end of the journal
  `
  ALTER TABLE runs ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
  DROP INDEX runs_ready;
  CREATE INDEX runs_ready ON runs (entry, rank, seq) WHERE status = 'ready' AND head = 1 AND crashes < 2;
  CREATE INDEX runs_suspect ON runs (entry, crashes, seq) WHERE status = 'ready' AND head = 1 AND crashes >= 2;
  CREATE TABLE journal_head (alone INTEGER PRIMARY KEY CHECK (alone = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
  INSERT INTO journal_head SELECT 1, coalesce(max(seq), 0), coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000') FROM journal;
  `,
  // 6: what was not there before this run wrote it is this run's
  `
  ALTER TABLE effects ADD COLUMN absent_before INTEGER NOT NULL DEFAULT 0;
  `,
  // 7: erased is gone. What was erased by an earlier version still lies in the file: that is owed
  `
  CREATE TABLE upkeep (task TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO upkeep SELECT 'wipe', 1 WHERE EXISTS (SELECT 1 FROM runs) OR EXISTS (SELECT 1 FROM journal) OR EXISTS (SELECT 1 FROM revisions);
  UPDATE runs SET waiting_for = NULL, compensating = json_remove(compensating, '$.reason')
    WHERE forgotten = 1 AND (waiting_for IS NOT NULL OR compensating IS NOT NULL);
  `,
  // 8: for whom an approval is asked
  `
  ALTER TABLE approvals ADD COLUMN requested_by TEXT;
  `,
  // 9: of which record an event tells, and of which of its states
  `
  ALTER TABLE runs ADD COLUMN version_record TEXT;
  ALTER TABLE runs ADD COLUMN version_at TEXT;
  ALTER TABLE runs ADD COLUMN version_content TEXT;
  CREATE INDEX runs_version ON runs (version_record, entry, event_source, version_at) WHERE version_record IS NOT NULL;
  `,
  // 10: credentials that change by use, sealed; who renews one at present, and until when
  `
  CREATE TABLE kept_credentials (id TEXT PRIMARY KEY, sealed TEXT, holder TEXT, held_until INTEGER, kept_at INTEGER) STRICT, WITHOUT ROWID;
  `,
  // 11: what a write is called, for every other language
  `
  ALTER TABLE effects ADD COLUMN title_words TEXT;
  `,
  // 12: what was said last of a field by the system that owns it, as a digest, and by which run
  `
  CREATE TABLE statements (
    record TEXT NOT NULL,
    node TEXT NOT NULL,
    field TEXT NOT NULL,
    system TEXT NOT NULL,
    digest TEXT NOT NULL,
    at TEXT,
    run TEXT NOT NULL,
    seq INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    PRIMARY KEY (record, node, field)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX statements_said ON statements (said_at);
  CREATE TABLE statement_key (alone INTEGER PRIMARY KEY CHECK (alone = 1), key TEXT NOT NULL) STRICT;
  `,
  // 13: figures of the business by day, and how far what has happened was measured
  `
  CREATE TABLE figures (
    day TEXT NOT NULL,
    figure TEXT NOT NULL,
    flow TEXT NOT NULL,
    entity TEXT NOT NULL,
    region TEXT NOT NULL,
    practice TEXT NOT NULL,
    count INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    least INTEGER NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (day, figure, flow, entity, region, practice)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE measured_to (alone INTEGER PRIMARY KEY CHECK (alone = 1), place TEXT NOT NULL) STRICT;
  `,
  // 14: sources that cannot read, and since when
  `
  CREATE TABLE failing_sources (
    source TEXT PRIMARY KEY,
    flow TEXT NOT NULL,
    severity TEXT NOT NULL,
    failure TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // 15: engagements from the deal to the payment
  `
  CREATE TABLE engagements (code TEXT PRIMARY KEY, stage TEXT NOT NULL, sought TEXT NOT NULL, state TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX engagements_updated ON engagements (updated_at, code);
  CREATE INDEX engagements_stage ON engagements (stage, updated_at, code);
  `,
  // 16: what values of one system are in another, each state of each entry; what runs found nothing for. Days are texts; an end that is open is the first or the last there is
  `
  CREATE TABLE crosswalk (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    current INTEGER NOT NULL DEFAULT 1,
    table_name TEXT NOT NULL,
    from_system TEXT NOT NULL,
    value TEXT NOT NULL,
    folded TEXT NOT NULL,
    to_system TEXT NOT NULL,
    target TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    actor TEXT NOT NULL,
    reason TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (id, version)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX crosswalk_current ON crosswalk (id) WHERE current = 1;
  CREATE INDEX crosswalk_order ON crosswalk (table_name, value, from_system, to_system, valid_from, id) WHERE current = 1;
  CREATE INDEX crosswalk_folded ON crosswalk (folded) WHERE current = 1;
  CREATE TABLE crosswalk_missing (
    run TEXT NOT NULL,
    token INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    from_system TEXT NOT NULL,
    value TEXT NOT NULL,
    to_system TEXT NOT NULL,
    day TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (run, table_name, from_system, value, to_system, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX crosswalk_missing_value ON crosswalk_missing (table_name, value);
  `,
  // 17: keys of those who call the firm's business APIs; of each key its hash alone
  `
  CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    consumer TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  `,
  // 18: dead letters are counted by where they stand without reading what they failed by; a failure that is no JSON any more was tampered with
  `
  ALTER TABLE runs ADD COLUMN failure_class TEXT
    GENERATED ALWAYS AS (CASE WHEN json_valid(failure) THEN CAST(json_extract(failure, '$.class') AS TEXT) END) VIRTUAL;
  CREATE INDEX runs_standing ON runs (status, flow, failed_node, failure_class, severity, updated_at) WHERE status = 'dead';
  `,
  // 19: how the figures of a day are distributed; of what was measured before nobody knows
  `
  ALTER TABLE figures ADD COLUMN spread TEXT;
  `,
  // 20: by what a run is found, beside it: a narrow table that only grows at its end is walked through in no time. What came in before is found by business id and key.
  // Dead letters are picked out by what they failed by without being read
  `
  CREATE TABLE sought_runs (
    place INTEGER PRIMARY KEY,
    of_flow TEXT NOT NULL,
    of_severity TEXT NOT NULL,
    came_at INTEGER NOT NULL,
    sought TEXT NOT NULL,
    persons TEXT NOT NULL
  ) STRICT;
  INSERT INTO sought_runs SELECT seq, flow, severity, created_at, char(10) || lower(subject) || char(10) || lower(key) || char(10), '' FROM runs;
  ALTER TABLE runs ADD COLUMN failure_code TEXT
    GENERATED ALWAYS AS (CASE WHEN json_valid(failure) THEN CAST(json_extract(failure, '$.code') AS TEXT) END) VIRTUAL;
  ALTER TABLE runs ADD COLUMN failure_system TEXT
    GENERATED ALWAYS AS (CASE WHEN json_valid(failure) THEN CAST(json_extract(failure, '$.system') AS TEXT) END) VIRTUAL;
  DROP INDEX runs_standing;
  CREATE INDEX runs_standing ON runs (status, flow, failed_node, failure_class, severity, updated_at, failure_code, failure_system, created_at)
    WHERE status = 'dead';
  `,
  // 21: filters of runs and dead letters that have a name, for all of the firm
  `
  CREATE TABLE saved_filters (
    id TEXT PRIMARY KEY,
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    filter TEXT NOT NULL,
    names_person INTEGER NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    UNIQUE (list, folded)
  ) STRICT, WITHOUT ROWID;
  `,
];
