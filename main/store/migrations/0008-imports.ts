/** Version 8: where imported runs came from, and what a run holds step by step beside its series. */
export const migration0008 = `
-- One row per imported run. key names the run in its source for good (importing it again finds it), stamp changes whenever the
-- source does, path is where it lay. Local, never in a report.
CREATE TABLE import_source (
  run_id INTEGER PRIMARY KEY REFERENCES run (id),
  format TEXT NOT NULL,
  key TEXT NOT NULL,
  stamp TEXT NOT NULL,
  path TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  UNIQUE (format, key)
) STRICT;

-- Histograms, curves and texts, one row per step; data is JSON (shared/model/step-record.ts).
CREATE TABLE step_record (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  kind TEXT NOT NULL CHECK (kind IN ('histogram', 'pr-curve', 'text', 'image')),
  key TEXT NOT NULL,
  step INTEGER NOT NULL,
  time INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX step_record_place ON step_record (run_id, kind, key, step);
`;
