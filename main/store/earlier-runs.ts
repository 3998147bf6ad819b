import type { ReadableDb } from './open.ts';

/**
 * Finished runs outside the bin with this fingerprint, newest first: the one with the same seed, which did the very same, and
 * those with others, one per seed.
 */
export function earlierRuns(
  db: ReadableDb,
  fingerprint: string,
  seed: number,
): { alreadyDone: string | null; replicates: { id: string; seed: number }[] } {
  const rows = db
    .prepare(
      `SELECT uid AS id, seed FROM run
      WHERE id IN (SELECT max(id) FROM run WHERE fingerprint = ? AND status = 'finished' AND binned_at IS NULL GROUP BY seed)
      ORDER BY id DESC`,
    )
    .all(fingerprint) as { id: string; seed: number }[];
  return {
    alreadyDone: rows.find((row) => row.seed === seed)?.id ?? null,
    replicates: rows.filter((row) => row.seed !== seed),
  };
}

/** How long the latest finished runs of a recipe took, in ms ascending; at most 50. */
export function durationsOf(db: ReadableDb, recipe: string): number[] {
  const rows = db
    .prepare(
      `SELECT ended_at - started_at AS ms FROM run
      WHERE recipe = ? AND status = 'finished' AND started_at IS NOT NULL AND ended_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM run_document d WHERE d.run_id = run.id AND d.kind IN ('resumes', 'evaluation-of'))
      ORDER BY id DESC LIMIT 50`,
    )
    .all(recipe) as { ms: number }[];
  return rows.map(({ ms }) => ms).sort((a, b) => a - b);
}
