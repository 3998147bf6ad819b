/**
 * Version 4: what clients of the MLflow protocol keep. Study 0 is `Default`, as experiment 0 is there. A deleted study keeps its
 * rows; its runs are in the bin.
 */
export const migration0004 = `
PRAGMA defer_foreign_keys = ON;
UPDATE run SET study_id = 0 WHERE study_id = (SELECT id FROM study WHERE name = 'Default');
UPDATE study SET id = 0 WHERE name = 'Default';

ALTER TABLE study ADD COLUMN changed_at INTEGER;
ALTER TABLE study ADD COLUMN deleted_at INTEGER;

CREATE TABLE study_tag (
  study_id INTEGER NOT NULL REFERENCES study (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (study_id, key)
) STRICT, WITHOUT ROWID;

-- Who a client says it works for; local, never in a report.
ALTER TABLE run ADD COLUMN user_name TEXT;

-- bit 1: every point of a step counts, an exact repeat once; bit 2: some points are in exact_point
ALTER TABLE series ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;

-- Points whose step or time is beyond 2^53, where the columns of a chunk are not exact in memory. kind as in latest.
CREATE TABLE exact_point (
  series_id INTEGER NOT NULL REFERENCES series (id),
  step INTEGER NOT NULL,
  time INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2, 3)),
  value REAL NOT NULL,
  PRIMARY KEY (series_id, step, time, kind, value)
) STRICT, WITHOUT ROWID;
`;
