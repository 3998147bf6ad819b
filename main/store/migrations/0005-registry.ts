/** The model registry: models, their versions with stage and files, aliases, tags, and every move between stages. */
export const migration0005 = `
CREATE TABLE registered_model (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- a deleted model keeps its versions and moves; its name is free again
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX registered_model_name ON registered_model (name) WHERE deleted_at IS NULL;

CREATE TABLE model_version (
  id INTEGER PRIMARY KEY,
  model_id INTEGER NOT NULL REFERENCES registered_model (id),
  version INTEGER NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('draft', 'candidate', 'approved', 'retired')),
  -- a run with a version cannot be erased: the reference stands in the way
  run_id INTEGER REFERENCES run (id),
  logged_model TEXT,
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  run_link TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  -- the files as they were registered, a JSON array of {path, bytes, sha256}, and SHA-256 over it; null when there were none
  files TEXT NOT NULL,
  hash TEXT,
  card TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  UNIQUE (model_id, version)
) STRICT;
CREATE INDEX model_version_run ON model_version (run_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX model_version_approved ON model_version (model_id) WHERE stage = 'approved' AND deleted_at IS NULL;

-- Aliases of a person's or a client's own; those of stages follow from the stage.
CREATE TABLE model_alias (
  model_id INTEGER NOT NULL REFERENCES registered_model (id),
  alias TEXT NOT NULL,
  version_id INTEGER NOT NULL REFERENCES model_version (id),
  PRIMARY KEY (model_id, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_tag (
  model_id INTEGER NOT NULL REFERENCES registered_model (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE model_version_tag (
  version_id INTEGER NOT NULL REFERENCES model_version (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (version_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE stage_move (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES model_version (id),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  via TEXT NOT NULL,
  from_stage TEXT,
  to_stage TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX stage_move_version ON stage_move (version_id, id);
CREATE TRIGGER stage_move_no_update BEFORE UPDATE ON stage_move BEGIN SELECT RAISE(ABORT, 'moves are kept as they were made'); END;
CREATE TRIGGER stage_move_no_delete BEFORE DELETE ON stage_move BEGIN SELECT RAISE(ABORT, 'moves are kept as they were made'); END;
`;
