import type { ReadableDb } from './open.ts';

/** Newest finished run outside the bin that did the same with the same seed; null when there is none. */
export function findSameRun(db: ReadableDb, fingerprint: string, seed: number): string | null {
  const row = db
    .prepare(
      `SELECT uid FROM run WHERE fingerprint = ? AND seed = ? AND status = 'finished' AND binned_at IS NULL
      ORDER BY id DESC LIMIT 1`,
    )
    .get(fingerprint, seed) as { uid: string } | undefined;
  return row?.uid ?? null;
}

/** How long the latest finished runs of a recipe took, in ms ascending; at most 50. */
export function durationsOf(db: ReadableDb, recipe: string): number[] {
  const rows = db
    .prepare(
      `SELECT ended_at - started_at AS ms FROM run
      WHERE recipe = ? AND status = 'finished' AND started_at IS NOT NULL AND ended_at IS NOT NULL
      ORDER BY id DESC LIMIT 50`,
    )
    .all(recipe) as { ms: number }[];
  return rows.map(({ ms }) => ms).sort((a, b) => a - b);
}
