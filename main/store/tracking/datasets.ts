import { recordChange } from '../change.ts';
import type { ReadableDb, WritableDb } from '../open.ts';
import { statement } from '../statement.ts';

type Pair = { key: string; value: string };

/** A dataset as a client describes it, and as a run's input with its tags. */
export type ClientDataset = {
  name: string;
  digest: string;
  sourceType: string;
  source: string;
  schema: string | null;
  profile: string | null;
};
export type DatasetInput = { dataset: ClientDataset; tags: Pair[] };

/** Tag of an input that says what it was used for. */
export const contextTag = 'mlflow.data.context';

/**
 * Adds datasets to the inputs of a run (`run.id`, `study.id`). Call inside a transaction. The same twice is stored once, and tags
 * of an input that is there already stay as they are.
 */
export function addDatasetInputs(db: WritableDb, run: number, study: number, inputs: DatasetInput[]): void {
  for (const { dataset, tags } of inputs) {
    const id = ensureDataset(db, study, dataset);
    const { changes } = statement(db, 'INSERT OR IGNORE INTO run_input (run_id, dataset_id) VALUES (?, ?)').run(
      run,
      id,
    );
    if (changes === 0) continue;
    const insert = statement(
      db,
      'INSERT OR REPLACE INTO run_input_tag (run_id, dataset_id, key, value) VALUES (?, ?, ?, ?)',
    );
    for (const { key, value } of tags) insert.run(run, id, key, value);
  }
  recordChange(db, 'run', run);
}

function ensureDataset(db: WritableDb, study: number, dataset: ClientDataset): number {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  statement(
    db,
    `INSERT OR IGNORE INTO client_dataset (study_id, name, digest, source_type, source, schema, profile)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(study, name, digest, sourceType, source, schema, profile);
  return statement(db, 'SELECT id FROM client_dataset WHERE study_id = ? AND name = ? AND digest = ?')
    .pluck()
    .get(study, name, digest) as number;
}

/**
 * What each of these runs (`run.id`) read. The dataset version that a recipe trained on is one too, its digest the first 36 digits
 * of the hash.
 */
export function readDatasetInputs(db: ReadableDb, runs: number[]): Map<number, DatasetInput[]> {
  const ids = JSON.stringify(runs);
  const rows = statement(
    db,
    `SELECT i.run_id AS run, d.name, d.digest, d.source_type AS sourceType, d.source, d.schema, d.profile,
      (SELECT json_group_array(json_object('key', t.key, 'value', t.value))
        FROM run_input_tag t WHERE t.run_id = i.run_id AND t.dataset_id = i.dataset_id) AS tags
    FROM json_each(?) wanted JOIN run_input i ON i.run_id = wanted.value JOIN client_dataset d ON d.id = i.dataset_id
    UNION ALL
    SELECT r.id, s.name, substr(v.hash, 1, 36), 'wardbook', json_object('dataset', s.name || '@v' || v.version), NULL,
      json_object('num_rows', v.rows), json_array(json_object('key', '${contextTag}', 'value', 'training'))
    FROM json_each(?) wanted JOIN run r ON r.id = wanted.value JOIN dataset_version v ON v.id = r.dataset_version_id
      JOIN dataset s ON s.id = v.dataset_id
    ORDER BY 1, 2, 3`,
  ).all(ids, ids) as (ClientDataset & { run: number; tags: string })[];
  const byRun = new Map<number, DatasetInput[]>();
  for (const { run, tags, ...dataset } of rows) {
    const list = byRun.get(run) ?? [];
    byRun.set(run, [...list, { dataset, tags: JSON.parse(tags) as Pair[] }]);
  }
  return byRun;
}

/** Each dataset that runs of these studies (`study.id`) read, with what it was used for; at most `limit` of them. */
export function summarizeDatasets(
  db: ReadableDb,
  studies: number[],
  limit: number,
): { study: number; name: string; digest: string; context: string | null }[] {
  return statement(
    db,
    `SELECT DISTINCT d.study_id AS study, d.name, d.digest, t.value AS context
    FROM client_dataset d
    JOIN run_input i ON i.dataset_id = d.id
    JOIN run r ON r.id = i.run_id AND r.binned_at IS NULL
    LEFT JOIN run_input_tag t ON t.run_id = i.run_id AND t.dataset_id = i.dataset_id AND t.key = '${contextTag}'
    WHERE d.study_id IN (SELECT value FROM json_each(?)) ORDER BY 1, 2, 3, 4 LIMIT ?`,
  ).all(JSON.stringify(studies), limit) as { study: number; name: string; digest: string; context: string | null }[];
}

/** Name, digest or context of every dataset that runs read, by `run.id`: what a search compares. */
export function readDatasetColumn(
  db: ReadableDb,
  key: 'name' | 'digest' | 'context',
): { run: number; value: string }[] {
  const own = { name: 's.name', digest: 'substr(v.hash, 1, 36)', context: "'training'" }[key];
  const value = { name: 'd.name', digest: 'd.digest', context: 't.value' }[key];
  return statement(
    db,
    `SELECT i.run_id AS run, ${value} AS value
    FROM run_input i JOIN client_dataset d ON d.id = i.dataset_id
    LEFT JOIN run_input_tag t ON t.run_id = i.run_id AND t.dataset_id = i.dataset_id AND t.key = '${contextTag}'
    WHERE ${value} IS NOT NULL
    UNION ALL
    SELECT r.id, ${own} FROM run r JOIN dataset_version v ON v.id = r.dataset_version_id JOIN dataset s ON s.id = v.dataset_id
    WHERE ${own} IS NOT NULL`,
  ).all() as { run: number; value: string }[];
}
