import type { EngineId, RunBadge, RunOrigin, RunStatus, RunSummary, Task } from '../../shared/model/run.ts';
import { readEstimates } from './estimates.ts';
import { getOrAdd } from './get-or-add.ts';
import { latestValue } from './metrics/latest.ts';
import type { ReadableDb } from './open.ts';
import { readParams } from './params.ts';
import { readRegistrations } from './registry/read-versions.ts';
import { statement } from './statement.ts';
import { readTags } from './tags.ts';

type RunRow = {
  id: number;
  uid: string;
  name: string;
  study: string;
  status: RunStatus;
  reason: string | null;
  recipe: string | null;
  task: Task | null;
  engine: EngineId | null;
  device: string | null;
  seed: number | null;
  dataset_name: string | null;
  dataset_version: number | null;
  dataset_hash: string | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  note: string;
  parent: string | null;
  parent_name: string | null;
  origin: RunOrigin;
  resumed: 0 | 1;
  binned_at: number | null;
  badges: string;
  progress: number | null;
  left_ms: number | null;
  rate: number | null;
  rate_unit: string | null;
};

/** What its documents say of how it came from its parent. */
const originSql = `CASE WHEN r.parent_id IS NULL THEN 'other'
  WHEN EXISTS (SELECT 1 FROM run_document o WHERE o.run_id = r.id AND o.kind = 'evaluation-of') THEN 'evaluate'
  WHEN EXISTS (SELECT 1 FROM run_document o WHERE o.run_id = r.id AND o.kind = 'rerun-of') THEN 'rerun'
  WHEN r.recipe = 'fine-tune' THEN 'fine-tune' ELSE 'other' END`;

/** The rows of the runs table for these `run.id`, in their order: five queries, however many runs. */
export function readSummaries(db: ReadableDb, runs: number[]): RunSummary[] {
  const ids = JSON.stringify(runs);
  const rows = statement(
    db,
    `SELECT r.id, r.uid, r.name, s.name AS study, r.status, r.reason, r.recipe, r.task, r.engine, r.device, r.seed,
      d.name AS dataset_name, v.version AS dataset_version, v.hash AS dataset_hash, r.created_at, r.started_at, r.ended_at,
      r.note, p.uid AS parent, p.name AS parent_name, ${originSql} AS origin,
      EXISTS (SELECT 1 FROM run_document o WHERE o.run_id = r.id AND o.kind = 'resumes') AS resumed, r.binned_at, r.badges, r.progress, r.left_ms, r.rate, r.rate_unit
    FROM json_each(?) wanted
    JOIN run r ON r.id = wanted.value
    JOIN study s ON s.id = r.study_id
    LEFT JOIN dataset_version v ON v.id = r.dataset_version_id
    LEFT JOIN dataset d ON d.id = v.dataset_id
    LEFT JOIN run p ON p.id = r.parent_id
    ORDER BY wanted.key`,
  ).all(ids) as RunRow[];
  const params = readParams(db, ids);
  const tags = readTags(db, ids);
  const latest = readLatest(db, ids);
  const estimates = readEstimates(db, ids);
  const registered = readRegistrations(db, ids);
  return rows.map((row) => {
    const own = estimates.get(row.id) ?? {};
    const metrics = latest.get(row.id) ?? {};
    for (const [key, { value }] of Object.entries(own)) if (value !== null) metrics[key] = value;
    return {
      id: row.uid,
      name: row.name,
      study: row.study,
      status: row.status,
      reason: row.reason,
      recipe: row.recipe,
      task: row.task,
      engine: row.engine,
      device: row.device,
      seed: row.seed,
      dataset:
        row.dataset_name === null
          ? null
          : { name: row.dataset_name, version: row.dataset_version!, hash: row.dataset_hash! },
      createdAt: row.created_at,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      note: row.note,
      parent: row.parent,
      origin: row.parent_name === null ? null : { kind: row.origin, name: row.parent_name },
      resumed: row.resumed === 1,
      binnedAt: row.binned_at,
      badges: JSON.parse(row.badges) as RunBadge[],
      progress:
        row.progress === null
          ? null
          : {
              done: row.progress,
              leftMs: row.left_ms,
              rate: row.rate === null ? null : { value: row.rate, unit: row.rate_unit! },
            },
      params: params.get(row.id) ?? {},
      tags: tags.get(row.id) ?? {},
      metrics,
      estimates: own,
      registered: registered.get(row.id) ?? [],
    };
  });
}

/** Latest value of every series per `run.id`; NaN and infinite ones as they are. */
function readLatest(db: ReadableDb, runs: string): Map<number, Record<string, number>> {
  const byRun = new Map<number, Record<string, number>>();
  const rows = statement(
    db,
    'SELECT run_id, key, last, kind FROM latest WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, key',
  ).all(runs) as { run_id: number; key: string; last: number | null; kind: number }[];
  for (const row of rows) getOrAdd(byRun, row.run_id, (): Record<string, number> => ({}))[row.key] = latestValue(row);
  return byRun;
}
