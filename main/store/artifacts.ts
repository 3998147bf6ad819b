import type { Artifact } from '../../shared/model/run.ts';
import type { ReadableDb, WritableDb } from './open.ts';
import { statement } from './statement.ts';

/** Call inside a transaction. `path` is relative to the run's artifacts folder. */
export function writeArtifacts(db: WritableDb, run: number, artifacts: Artifact[]): void {
  const insert = statement(db, 'INSERT OR REPLACE INTO artifact (run_id, path, bytes, sha256) VALUES (?, ?, ?, ?)');
  for (const { path, bytes, sha256 } of artifacts) insert.run(run, path, bytes, sha256);
}

export function readArtifacts(db: ReadableDb, run: number): Artifact[] {
  return statement(db, 'SELECT path, bytes, sha256 FROM artifact WHERE run_id = ? ORDER BY path').all(
    run,
  ) as Artifact[];
}
