import type { RunBadge } from '../../shared/model/run.ts';
import type { WritableDb } from './open.ts';
import { statement } from './statement.ts';

/** Each once; those a run has already stay. Call inside a transaction. */
export function addBadges(db: WritableDb, run: number, badges: RunBadge[]): void {
  if (badges.length === 0) return;
  const row = statement(db, 'SELECT badges FROM run WHERE id = ?').get(run) as { badges: string };
  const all = [...new Set([...(JSON.parse(row.badges) as RunBadge[]), ...badges])];
  statement(db, 'UPDATE run SET badges = ? WHERE id = ?').run(JSON.stringify(all), run);
}
