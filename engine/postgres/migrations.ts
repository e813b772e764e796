import { distributionView, reportViews } from './report-views.ts';

/**
 * Numbered migrations of the shared store. One that was released never changes; a change is a new number, and only adds,
 * so that instances of the version before go on working while the others are replaced one by one.
 *
 * JSON is kept as text: `jsonb` refuses the character U+0000, which real systems send, and reorders what the journal has
 * hashed (https://www.postgresql.org/docs/current/datatype-json.html). `event::jsonb` works in an auditor's query.
 */
export const migrations: string[] = [
  // 1: runs, effects, cursors, journal, reconciliations
  `
  CREATE TABLE cursors (source text PRIMARY KEY, value text NOT NULL, updated_at bigint NOT NULL);
  CREATE TABLE revisions (revision text PRIMARY KEY, flows text NOT NULL, at bigint NOT NULL);
  CREATE TABLE runs (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    entry text NOT NULL,
    flow text NOT NULL,
    key text NOT NULL,
    event_source text NOT NULL,
    event_id text NOT NULL,
    subject text NOT NULL,
    event text NOT NULL,
    status text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    token bigint NOT NULL DEFAULT 0,
    available_at bigint NOT NULL,
    revision text NOT NULL DEFAULT '',
    severity text NOT NULL,
    failure text,
    failure_class text,
    failed_node text,
    forgotten boolean NOT NULL DEFAULT false,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
  ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
  CREATE UNIQUE INDEX runs_event ON runs (entry, event_source, event_id);
  CREATE INDEX runs_open_key ON runs (entry, key, seq) WHERE status IN ('ready', 'running', 'waiting');
  CREATE UNIQUE INDEX runs_one_of_a_key ON runs (entry, key) WHERE status = 'running';
  CREATE INDEX runs_due ON runs (entry, seq) WHERE status IN ('ready', 'waiting');
  CREATE INDEX runs_waiting ON runs (available_at) WHERE status = 'waiting';
  CREATE INDEX runs_dead ON runs (seq) WHERE status = 'dead';
  CREATE INDEX runs_unforgotten ON runs (updated_at) WHERE NOT forgotten AND status IN ('done', 'cancelled');
  CREATE TABLE effects (
    key text PRIMARY KEY,
    run text NOT NULL,
    node text NOT NULL,
    business text NOT NULL,
    title text NOT NULL,
    system text NOT NULL,
    settle text NOT NULL,
    status text NOT NULL,
    request text NOT NULL,
    result text,
    failure text,
    found integer NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 1,
    intended_at bigint NOT NULL,
    finished_at bigint
  ) WITH (fillfactor = 80);
  CREATE INDEX effects_run ON effects (run, intended_at);
  CREATE INDEX effects_open ON effects (intended_at) WHERE status = 'in-doubt';
  CREATE TABLE failed_attempts (run text NOT NULL, attempt integer NOT NULL, node text, failure text NOT NULL, at bigint NOT NULL);
  CREATE INDEX failed_attempts_run ON failed_attempts (run, at);
  CREATE TABLE journal (
    seq bigint PRIMARY KEY, at text NOT NULL, actor text NOT NULL, action text NOT NULL, subject text NOT NULL,
    detail text NOT NULL, previous text NOT NULL, hash text NOT NULL
  );
  CREATE INDEX journal_subject ON journal (subject, seq);
  CREATE TABLE journal_head (alone boolean PRIMARY KEY DEFAULT true CHECK (alone), seq bigint NOT NULL, hash text NOT NULL);
  INSERT INTO journal_head (seq, hash) VALUES (0, repeat('0', 64));
  CREATE TABLE reconciliations (id text PRIMARY KEY, at bigint NOT NULL, node text NOT NULL, subject text NOT NULL, result text NOT NULL);
  CREATE INDEX reconciliations_at ON reconciliations (at);
  `,
  // 2: several instances
  `
  CREATE TABLE instances (id text PRIMARY KEY, started_at timestamptz NOT NULL, lease_until timestamptz NOT NULL);
  CREATE TABLE source_leases (source text PRIMARY KEY, owner text, token bigint NOT NULL);
  ALTER TABLE runs ADD COLUMN owner text;
  ALTER TABLE runs ADD COLUMN home text;
  ALTER TABLE effects ADD COLUMN owner text;
  `,
  // 3: runs that wait for a person, that are undone, that come before others. `nudged` = what it will wait for has come already
  `
  ALTER TABLE runs ADD COLUMN waiting_for text;
  ALTER TABLE runs ADD COLUMN nudged boolean NOT NULL DEFAULT false;
  ALTER TABLE runs ADD COLUMN renewed_at bigint;
  ALTER TABLE runs ADD COLUMN compensating text;
  CREATE INDEX runs_due_by_rank ON runs (entry, (CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'low' THEN 3 ELSE 2 END), seq)
    WHERE status IN ('ready', 'waiting');
  ALTER TABLE effects ADD COLUMN place integer;
  ALTER TABLE effects ADD COLUMN maker text;
  ALTER TABLE effects ADD COLUMN undo text;
  ALTER TABLE effects ADD COLUMN of_undo boolean NOT NULL DEFAULT false;
  CREATE TABLE approvals (
    id text PRIMARY KEY,
    run text NOT NULL,
    node text NOT NULL,
    title text NOT NULL,
    details text NOT NULL,
    severity text NOT NULL,
    status text NOT NULL,
    requested_at bigint NOT NULL,
    expires_at bigint,
    escalate_at bigint,
    escalated_at bigint,
    decided_by text,
    reason text,
    decided_at bigint,
    UNIQUE (run, node)
  );
  CREATE INDEX approvals_status ON approvals (status, requested_at);
  CREATE INDEX approvals_requested ON approvals (requested_at);
  `,
  // 4: runs that may be what makes the process die
  `
  ALTER TABLE runs ADD COLUMN crashes integer NOT NULL DEFAULT 0;
  CREATE INDEX runs_suspect ON runs (entry, crashes, seq) WHERE status = 'ready' AND crashes >= 2;
  `,
  // 5: what was not there before this run wrote it is this run's
  `
  ALTER TABLE effects ADD COLUMN absent_before boolean NOT NULL DEFAULT false;
  `,
  // 6: what runs that are forgotten have kept of what they waited for, and of why they were undone
  `
  UPDATE runs SET waiting_for = NULL, compensating = regexp_replace(compensating, '"reason":"([^"\\\\]|\\\\.)*",', '')
    WHERE forgotten AND (waiting_for IS NOT NULL OR compensating LIKE '%"reason":%');
  `,
  // 7: for whom an approval is asked
  `
  ALTER TABLE approvals ADD COLUMN requested_by text;
  `,
  // 8: of which record an event tells, and of which of its states
  `
  ALTER TABLE runs ADD COLUMN version_record text;
  ALTER TABLE runs ADD COLUMN version_at text COLLATE "C";
  ALTER TABLE runs ADD COLUMN version_content text;
  CREATE INDEX runs_version ON runs (version_record, entry, event_source, version_at) WHERE version_record IS NOT NULL;
  `,
  // 9: credentials that change by use, sealed; who renews one at present, and until when
  `
  CREATE TABLE kept_credentials (id text PRIMARY KEY, sealed text, holder text, held_until timestamptz, kept_at bigint);
  `,
  // 10: what a write is called, for every other language
  `
  ALTER TABLE effects ADD COLUMN title_words text;
  `,
  // 11: what was said last of a field by the system that owns it, as a digest, and by which run
  `
  CREATE TABLE statements (
    record text NOT NULL,
    node text NOT NULL,
    field text NOT NULL,
    system text NOT NULL,
    digest text NOT NULL,
    at text COLLATE "C",
    run text NOT NULL,
    seq bigint NOT NULL,
    said_at bigint NOT NULL,
    PRIMARY KEY (record, node, field)
  );
  CREATE INDEX statements_said ON statements (said_at);
  CREATE TABLE statement_key (alone integer PRIMARY KEY CHECK (alone = 1), key text NOT NULL);
  `,
  // 12: figures of the business by day, and how far what has happened was measured
  `
  CREATE TABLE figures (
    day text COLLATE "C" NOT NULL,
    figure text COLLATE "C" NOT NULL,
    flow text COLLATE "C" NOT NULL,
    entity text COLLATE "C" NOT NULL,
    region text COLLATE "C" NOT NULL,
    practice text COLLATE "C" NOT NULL,
    count bigint NOT NULL,
    sum bigint NOT NULL,
    least bigint NOT NULL,
    most bigint NOT NULL,
    PRIMARY KEY (day, figure, flow, entity, region, practice)
  );
  CREATE TABLE measured_to (alone integer PRIMARY KEY CHECK (alone = 1), place text NOT NULL);
  `,
  // 13: sources that cannot read, and since when
  `
  CREATE TABLE failing_sources (source text COLLATE "C" PRIMARY KEY, flow text NOT NULL, severity text NOT NULL, failure text NOT NULL, since bigint NOT NULL);
  `,
  // 14: engagements from the deal to the payment
  `
  CREATE TABLE engagements (code text COLLATE "C" PRIMARY KEY, stage text NOT NULL, sought text NOT NULL, state text NOT NULL, updated_at bigint NOT NULL);
  CREATE INDEX engagements_updated ON engagements (updated_at, code);
  CREATE INDEX engagements_stage ON engagements (stage, updated_at, code);
  `,
  // 15: what values of one system are in another, each state of each entry; what runs found nothing for. Days are texts; an end that is open is the first or the last there is
  `
  CREATE TABLE crosswalk (
    id text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    current smallint NOT NULL DEFAULT 1,
    table_name text COLLATE "C" NOT NULL,
    from_system text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    folded text COLLATE "C" NOT NULL,
    to_system text COLLATE "C" NOT NULL,
    target text COLLATE "C" NOT NULL,
    valid_from text COLLATE "C" NOT NULL,
    valid_to text COLLATE "C" NOT NULL,
    removed smallint NOT NULL DEFAULT 0,
    actor text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    at bigint NOT NULL,
    PRIMARY KEY (id, version)
  );
  CREATE UNIQUE INDEX crosswalk_current ON crosswalk (id) WHERE current = 1;
  CREATE INDEX crosswalk_order ON crosswalk (table_name, value, from_system, to_system, valid_from, id) WHERE current = 1;
  CREATE INDEX crosswalk_folded ON crosswalk (folded) WHERE current = 1;
  CREATE TABLE crosswalk_missing (
    run text NOT NULL,
    token bigint NOT NULL,
    table_name text COLLATE "C" NOT NULL,
    from_system text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    to_system text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (run, table_name, from_system, value, to_system, day)
  );
  CREATE INDEX crosswalk_missing_value ON crosswalk_missing (table_name, value);
  `,
  // 16: keys of those who call the firm's business APIs; of each key its hash alone
  `
  CREATE TABLE api_keys (
    id text PRIMARY KEY,
    hash text NOT NULL,
    consumer text NOT NULL,
    scopes text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint
  );
  `,
  // 17: what reports may read
  reportViews,
  // 18: runs are counted by status, and dead letters by where they stand, from indexes alone
  `
  CREATE INDEX runs_status ON runs (status, seq);
  CREATE INDEX runs_standing ON runs (status, flow, failed_node, failure_class, severity, updated_at) WHERE status = 'dead';
  `,
  // 19: how the figures of a day are distributed; of what was measured before nobody knows. Names and counts of ours alone, which `jsonb` can hold
  `
  ALTER TABLE figures ADD COLUMN spread jsonb;
  ${distributionView}
  `,
  // 20: by what a run is found, beside it: a narrow table is walked through in no time. What came in before is found by business id and key
  `
  CREATE TABLE sought_runs (
    place bigint PRIMARY KEY,
    of_flow text NOT NULL,
    of_severity text NOT NULL,
    came_at bigint NOT NULL,
    sought text NOT NULL,
    persons text NOT NULL
  );
  INSERT INTO sought_runs SELECT seq, flow, severity, created_at, E'\\n' || lower(subject) || E'\\n' || lower(key) || E'\\n', '' FROM runs;
  `,
  // 21: filters of runs and dead letters that have a name, for all of the firm
  `
  CREATE TABLE saved_filters (
    id text PRIMARY KEY,
    list text NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    filter text NOT NULL,
    names_person boolean NOT NULL,
    saved_by text NOT NULL,
    saved_at bigint NOT NULL,
    UNIQUE (list, folded)
  );
  `,
];
