import type { Vault } from '../../main/store/vault.ts';
import type { FilterRun } from '../../shared/query/field-value.ts';
import { readNumber } from '../../shared/query/read-number.ts';
import type { StoredRun } from './arbitraries.ts';

/** Writes runs straight into the tables, newest last, so that the evaluator and the compiled filter see the same. */
export async function storeRuns(vault: Vault, runs: StoredRun[]): Promise<void> {
  const { db } = vault;
  db.exec('DELETE FROM latest; DELETE FROM estimate; DELETE FROM param; DELETE FROM tag; DELETE FROM run;');
  const study = db.prepare('INSERT OR IGNORE INTO study (uid, name, created_at) VALUES (?, ?, 0)');
  const insertRun = db.prepare(
    `INSERT INTO run (id, uid, study_id, name, status, started_at, ended_at, engine, recipe, seed, note, dataset_version_id, created_at)
    VALUES (?, ?, (SELECT id FROM study WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  );
  const insertParam = db.prepare('INSERT INTO param (run_id, key, value, type, number) VALUES (?, ?, ?, ?, ?)');
  const insertTag = db.prepare('INSERT INTO tag (run_id, key, value) VALUES (?, ?, ?)');
  const insertLatest = db.prepare(
    'INSERT INTO latest (run_id, key, last, kind, min, max, step, time, count) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 1)',
  );
  const insertEstimate = db.prepare(`INSERT INTO estimate (run_id, key, value, method, rows) VALUES (?, ?, ?, '', 1)`);
  db.transaction(() => {
    runs.forEach(({ run, series, estimates }, index) => {
      study.run(run.id, run.study);
      const id = index + 1;
      const dataset = run.dataset === null ? null : datasetVersion(vault, run.dataset);
      insertRun.run(
        id,
        run.id,
        run.study,
        run.name,
        run.status,
        run.startedAt,
        run.endedAt,
        run.engine,
        run.recipe,
        run.seed,
        run.note,
        dataset,
      );
      for (const [key, value] of Object.entries(run.params)) {
        const number = typeof value === 'number' ? value : typeof value === 'string' ? readNumber(value) : null;
        insertParam.run(id, key, String(value), typeof value, number);
      }
      for (const [key, value] of Object.entries(run.tags)) insertTag.run(id, key, value);
      for (const [key, values] of Object.entries(series)) {
        const last = values.at(-1)!;
        const finite = values.filter(Number.isFinite);
        const kind = Number.isFinite(last) ? 0 : Number.isNaN(last) ? 1 : last > 0 ? 2 : 3;
        const [min, max] = finite.length === 0 ? [null, null] : [Math.min(...finite), Math.max(...finite)];
        insertLatest.run(id, key, kind === 0 ? last : null, kind, min, max);
      }
      for (const [key, value] of Object.entries(estimates)) insertEstimate.run(id, key, value);
    });
  })();
}

function datasetVersion(
  { db }: Vault,
  { name, version, hash }: { name: string; version: number; hash: string },
): number {
  db.prepare('INSERT OR IGNORE INTO dataset (name, created_at) VALUES (?, 0)').run(name);
  db.prepare(
    `INSERT OR IGNORE INTO dataset_version (dataset_id, version, kind, hash, rows, subject_mode, blob, bytes, source_name, format,
      columns, warnings, created_at)
    VALUES ((SELECT id FROM dataset WHERE name = ?), ?, 'table', ?, 1, 'none', '', 0, '', '', '[]', '[]', 0)`,
  ).run(name, version, hash);
  return db
    .prepare(
      'SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id WHERE d.name = ? AND version = ?',
    )
    .pluck()
    .get(name, version) as number;
}

/** The same run as the evaluator reads it. */
export function filterRun({ run, series, estimates }: StoredRun): FilterRun {
  const metrics: FilterRun['metrics'] = {};
  const extremes: FilterRun['extremes'] = {};
  for (const [key, values] of Object.entries(series)) {
    metrics[key] = values.at(-1)!;
    const finite = values.filter(Number.isFinite);
    if (finite.length > 0) extremes[key] = { min: Math.min(...finite), max: Math.max(...finite) };
  }
  for (const [key, value] of Object.entries(estimates)) {
    if (value === null) continue;
    metrics[key] = value;
    delete extremes[key];
  }
  return { ...run, metrics, extremes };
}
