/**
 * What clients of the MLflow protocol log beside metrics: datasets that runs read, and models with their own params, tags,
 * metrics and files. Their files are in `logged-models/<uid>/artifacts/` of the vault.
 */
export const migration0007 = `
-- A dataset as a client describes it; a person's own datasets are in dataset_version. Local, never in a report.
CREATE TABLE client_dataset (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES study (id),
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema TEXT,
  profile TEXT,
  UNIQUE (study_id, name, digest)
) STRICT;
CREATE TABLE run_input (
  run_id INTEGER NOT NULL REFERENCES run (id),
  dataset_id INTEGER NOT NULL REFERENCES client_dataset (id),
  PRIMARY KEY (run_id, dataset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_input_dataset ON run_input (dataset_id);
-- mlflow.data.context says what it was used for: training, eval.
CREATE TABLE run_input_tag (
  run_id INTEGER NOT NULL,
  dataset_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, dataset_id, key),
  FOREIGN KEY (run_id, dataset_id) REFERENCES run_input (run_id, dataset_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE logged_model (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  study_id INTEGER NOT NULL REFERENCES study (id),
  -- the run that logged it, if any
  run_id INTEGER REFERENCES run (id),
  name TEXT NOT NULL,
  type TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'ready', 'failed')),
  status_message TEXT,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX logged_model_study ON logged_model (study_id, created_at);
CREATE INDEX logged_model_run ON logged_model (run_id);
CREATE TABLE logged_model_param (
  model_id INTEGER NOT NULL REFERENCES logged_model (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE logged_model_tag (
  model_id INTEGER NOT NULL REFERENCES logged_model (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT, WITHOUT ROWID;
-- Also among the run's own points. kind as in latest; without a dataset its name and digest are empty.
CREATE TABLE logged_model_metric (
  model_id INTEGER NOT NULL REFERENCES logged_model (id),
  key TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES run (id),
  step INTEGER NOT NULL,
  time INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3)),
  value REAL NOT NULL,
  dataset_name TEXT NOT NULL,
  dataset_digest TEXT NOT NULL,
  PRIMARY KEY (model_id, key, time, step, run_id, kind, value, dataset_name, dataset_digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE logged_model_file (
  model_id INTEGER NOT NULL REFERENCES logged_model (id),
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (model_id, path)
) STRICT, WITHOUT ROWID;

-- Which models a run read, and which it made, at what step.
CREATE TABLE run_model (
  run_id INTEGER NOT NULL REFERENCES run (id),
  model_id INTEGER NOT NULL REFERENCES logged_model (id),
  role TEXT NOT NULL CHECK (role IN ('input', 'output')),
  step INTEGER NOT NULL,
  PRIMARY KEY (run_id, role, model_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_model_model ON run_model (model_id);
`;
