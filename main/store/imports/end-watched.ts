import { recordChange } from '../change.ts';
import { transaction } from '../open.ts';
import { statement } from '../statement.ts';
import type { Vault } from '../vault.ts';

/**
 * Nobody looks any longer whether the runs that this process watched go on: they are finished as far as they were read. The next
 * import reads them again in any case.
 */
export function endWatched({ db, writerId }: Vault): void {
  transaction(db, () => {
    const runs = statement(
      db,
      `UPDATE run SET status = 'finished', writer_id = NULL,
        ended_at = max(coalesce(started_at, created_at), coalesce((SELECT max(time) FROM latest WHERE run_id = run.id), 0))
      WHERE writer_id = ? AND status = 'running' AND id IN (SELECT run_id FROM import_source) RETURNING id`,
    ).all(writerId) as { id: number }[];
    for (const { id } of runs) recordChange(db, 'run', id);
  });
}
