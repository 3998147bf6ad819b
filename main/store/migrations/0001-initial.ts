/**
 * Version 1 of the vault. Numbered files run in order, each in one transaction, and are never edited once released.
 * Times are milliseconds since 1970 (UTC). JSON columns hold documents that are read whole; anything that is filtered,
 * sorted or counted has columns of its own.
 */
export const migration0001 = `
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- One row per process that ever wrote; its lock file dies with it (main/store/writer.ts).
CREATE TABLE writer (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  pid INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  app_version TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  closed_at INTEGER,
  -- how it ended: closed by itself, or found dead by another process
  ended TEXT CHECK (ended IN ('closed', 'found-dead'))
) STRICT;
CREATE INDEX writer_open ON writer (id) WHERE ended IS NULL;

-- The feed of deltas: other processes poll PRAGMA data_version and read from the last revision they saw.
CREATE TABLE change (
  revision INTEGER PRIMARY KEY AUTOINCREMENT,
  noun TEXT NOT NULL,
  run_id INTEGER,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE study (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE dataset (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE dataset_version (
  id INTEGER PRIMARY KEY,
  dataset_id INTEGER NOT NULL REFERENCES dataset (id),
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  hash TEXT NOT NULL,
  rows INTEGER NOT NULL,
  subjects INTEGER,
  subject_column TEXT,
  subject_mode TEXT NOT NULL CHECK (subject_mode IN ('grouped', 'exact', 'per-row', 'none')),
  site_column TEXT,
  -- SHA-256 of the original file: also the name of the folder under datasets/
  blob TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  source_name TEXT NOT NULL,
  format TEXT NOT NULL,
  columns TEXT NOT NULL,
  warnings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (dataset_id, version)
) STRICT;
CREATE INDEX dataset_version_hash ON dataset_version (hash);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  study_id INTEGER NOT NULL REFERENCES study (id),
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'finished', 'failed', 'stopped', 'crashed')),
  reason TEXT,
  recipe TEXT,
  task TEXT,
  engine TEXT,
  engine_reason TEXT,
  device TEXT,
  seed INTEGER,
  target TEXT,
  dataset_version_id INTEGER REFERENCES dataset_version (id),
  parent_id INTEGER REFERENCES run (id),
  writer_id INTEGER REFERENCES writer (id),
  note TEXT NOT NULL DEFAULT '',
  progress REAL,
  left_ms INTEGER,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  binned_at INTEGER,
  badges TEXT NOT NULL DEFAULT '[]',
  -- SHA-256 over recipe version, dataset hash, target, features, split and params, without the seed: finds "already done"
  fingerprint TEXT
) STRICT;
CREATE INDEX run_study ON run (study_id, binned_at, created_at);
CREATE INDEX run_created ON run (created_at);
CREATE INDEX run_fingerprint ON run (fingerprint);
CREATE INDEX run_status ON run (status) WHERE status IN ('queued', 'running');

CREATE TABLE param (
  run_id INTEGER NOT NULL REFERENCES run (id),
  key TEXT NOT NULL,
  -- the value as text, its type to give it back, and the number when it is one
  value TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('string', 'number', 'boolean')),
  number REAL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;
-- Keys that exist, and the runs of a key. No index holds a value: live updates of latest must not pay for one.
CREATE INDEX param_key ON param (key, run_id);

CREATE TABLE tag (
  run_id INTEGER NOT NULL REFERENCES run (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_key ON tag (key, run_id);

-- Latest value of each series and the truth for sorting; non-finite values live in kind, since SQLite turns NaN into NULL.
CREATE TABLE latest (
  run_id INTEGER NOT NULL REFERENCES run (id),
  key TEXT NOT NULL,
  last REAL,
  kind INTEGER NOT NULL DEFAULT 0 CHECK (kind IN (0, 1, 2, 3)),
  min REAL,
  max REAL,
  step INTEGER NOT NULL,
  time INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX latest_key ON latest (key, run_id);

-- Held-out metrics with their uncertainty. Keys such as test/auc, oof/brier, validation/auc.
CREATE TABLE estimate (
  run_id INTEGER NOT NULL REFERENCES run (id),
  key TEXT NOT NULL,
  value REAL,
  low REAL,
  high REAL,
  method TEXT NOT NULL,
  rows INTEGER NOT NULL,
  subjects INTEGER,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX estimate_key ON estimate (key, run_id);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  key TEXT NOT NULL,
  UNIQUE (run_id, key)
) STRICT;

-- Acknowledged batches not yet folded into chunks; one row per batch of one writer (layout in main/store/metrics/batch.ts).
-- Ids are never used again: they order the writes of all processes ("last write wins"), also after folding.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  writer_id INTEGER NOT NULL REFERENCES writer (id),
  data BLOB NOT NULL
) STRICT;

-- Columns of up to 4096 points of a series (layout in main/store/metrics/chunk.ts); the ordinal is taken inside the writing
-- transaction. first_step and last_step are the smallest and the largest.
CREATE TABLE chunk (
  series_id INTEGER NOT NULL REFERENCES series (id),
  ordinal INTEGER NOT NULL,
  count INTEGER NOT NULL,
  first_step INTEGER NOT NULL,
  last_step INTEGER NOT NULL,
  min REAL,
  max REAL,
  -- bit 1: holds non-finite values; bit 2: steps not strictly increasing
  flags INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (series_id, ordinal)
) STRICT;

-- Min/max ranges: level 1 has one row per chunk, level 2 one row per 32 chunks (main/store/metrics/pyramid.ts).
CREATE TABLE pyramid (
  series_id INTEGER NOT NULL REFERENCES series (id),
  level INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (series_id, level, ordinal)
) STRICT, WITHOUT ROWID;

-- Documents read whole: split, environment, evaluation, features, coefficients, hardware.
CREATE TABLE run_document (
  run_id INTEGER NOT NULL REFERENCES run (id),
  kind TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (run_id, kind)
) STRICT, WITHOUT ROWID;

-- Held-out predictions as columns (layout in main/store/predictions.ts). Local, never in a report.
CREATE TABLE prediction (
  run_id INTEGER NOT NULL REFERENCES run (id),
  part TEXT NOT NULL,
  rows INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (run_id, part)
) STRICT;

CREATE TABLE artifact (
  run_id INTEGER NOT NULL REFERENCES run (id),
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (run_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (name TEXT PRIMARY KEY, state TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;

CREATE TABLE draft (
  digest TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  -- what the draft was built from; a later change of any of these runs voids it
  state TEXT NOT NULL,
  summary TEXT NOT NULL,
  accepted_at INTEGER
) STRICT;
CREATE TABLE draft_file (
  digest TEXT NOT NULL REFERENCES draft (digest),
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (digest, name)
) STRICT, WITHOUT ROWID;

-- Append-only chain (PRIVACY X15): mac = HMAC(key, previous mac || row).
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE VIRTUAL TABLE run_search USING fts5 (name, note, params, tokenize = 'unicode61');

-- Published views: promised across versions (docs/sql-views.md).
CREATE VIEW v_runs AS
SELECT r.uid AS id, r.name, s.name AS study, r.status, r.reason, r.recipe, r.task, r.engine, r.device, r.seed, r.target,
  d.name AS dataset, v.version AS dataset_version, v.hash AS dataset_hash, p.uid AS parent, r.note,
  datetime(r.created_at / 1000.0, 'unixepoch') AS created_utc,
  datetime(r.started_at / 1000.0, 'unixepoch') AS started_utc,
  datetime(r.ended_at / 1000.0, 'unixepoch') AS ended_utc,
  (r.ended_at - r.started_at) / 1000.0 AS duration_s
FROM run r
JOIN study s ON s.id = r.study_id
LEFT JOIN dataset_version v ON v.id = r.dataset_version_id
LEFT JOIN dataset d ON d.id = v.dataset_id
LEFT JOIN run p ON p.id = r.parent_id
WHERE r.binned_at IS NULL;

CREATE VIEW v_metrics AS
SELECT r.uid AS run, l.key, l.last AS value, NULL AS low, NULL AS high, 'series' AS method, NULL AS rows, NULL AS subjects,
  l.min, l.max, l.count AS points, l.step AS last_step
FROM latest l JOIN run r ON r.id = l.run_id WHERE r.binned_at IS NULL
UNION ALL
SELECT r.uid, e.key, e.value, e.low, e.high, e.method, e.rows, e.subjects, NULL, NULL, NULL, NULL
FROM estimate e JOIN run r ON r.id = e.run_id WHERE r.binned_at IS NULL;

CREATE VIEW v_params AS
SELECT r.uid AS run, p.key, p.value, p.number FROM param p JOIN run r ON r.id = p.run_id WHERE r.binned_at IS NULL;

CREATE VIEW v_datasets AS
SELECT d.name, v.version, v.kind, v.hash, v.rows, v.subjects, v.subject_column, v.subject_mode, v.source_name, v.bytes,
  datetime(v.created_at / 1000.0, 'unixepoch') AS created_utc
FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id;
`;
