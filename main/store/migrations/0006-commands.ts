/**
 * Commands of one's own that have not ended, with the process that looks after each (its host). When that one is gone the run
 * goes on, and another process takes the row over (main/commands).
 */
export const migration0006 = `
CREATE TABLE command_job (
  run_id INTEGER PRIMARY KEY REFERENCES run (id),
  writer_id INTEGER NOT NULL REFERENCES writer (id)
) STRICT;
`;
