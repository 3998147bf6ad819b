/** Version 3: how fast a run goes, why it failed as a code, and what waiting and training runs hold of the machine. */
export const migration0003 = `
ALTER TABLE run ADD COLUMN rate REAL;
ALTER TABLE run ADD COLUMN rate_unit TEXT;
-- of shared/errors.ts; null while all is well, and for runs that ended before version 3
ALTER TABLE run ADD COLUMN error_code TEXT;

-- A run's place in the queue and its share of the machine, over all processes of the vault. It counts while the run is queued
-- or running, so a dead process holds nothing once its runs are marked as crashed (main/store/claims.ts).
CREATE TABLE claim (
  run_id INTEGER PRIMARY KEY REFERENCES run (id),
  cores INTEGER NOT NULL,
  gpu INTEGER NOT NULL CHECK (gpu IN (0, 1)),
  -- null with gpu: all of its memory
  gpu_mib INTEGER,
  -- of the GPU, as the run's engine reports it
  reported_mib INTEGER,
  -- null while it waits
  granted_at INTEGER
) STRICT;
`;
