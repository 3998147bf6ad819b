import type { EvaluationElsewhere, RunEvidence } from '../../../shared/model/registry.ts';
import type { DatasetRef, EvaluationOf, SplitSummary } from '../../../shared/model/run.ts';
import type { TrainSpec } from '../../../shared/model/train-spec.ts';
import { readDocument } from '../documents.ts';
import { readEstimates } from '../estimates.ts';
import type { ReadableDb } from '../open.ts';
import { readSummaries } from '../run-summary.ts';
import { statement } from '../statement.ts';

/** The evidence about a run (`run.id`). */
export function readRunEvidence(db: ReadableDb, run: number): RunEvidence {
  const summary = readSummaries(db, [run])[0]!;
  const logged = Object.entries(summary.metrics).filter(
    ([key, value]) => summary.estimates[key] === undefined && Number.isFinite(value),
  );
  return {
    id: summary.id,
    name: summary.name,
    status: summary.status,
    binned: summary.binnedAt !== null,
    badges: summary.badges,
    split: readDocument<SplitSummary>(db, run, 'split'),
    recipe: summary.recipe,
    estimates: summary.estimates,
    logged: Object.fromEntries(logged),
    evaluations: readEvaluations(db, run),
    start: readStart(db, run, summary.dataset),
  };
}

function readEvaluations(db: ReadableDb, run: number): EvaluationElsewhere[] {
  const ids = statement(
    db,
    `SELECT r.id FROM run r JOIN run_document d ON d.run_id = r.id AND d.kind = 'evaluation-of'
    WHERE r.parent_id = ? AND r.status = 'finished' ORDER BY r.id`,
  )
    .pluck()
    .all(run) as number[];
  const estimates = readEstimates(db, JSON.stringify(ids));
  return readSummaries(db, ids).map((summary, at) => ({
    id: summary.id,
    name: summary.name,
    dataset: summary.dataset,
    badges: summary.badges,
    of: readDocument<EvaluationOf>(db, ids[at]!, 'evaluation-of')!,
    estimates: estimates.get(ids[at]!) ?? {},
    binned: summary.binnedAt !== null,
  }));
}

function readStart(db: ReadableDb, run: number, dataset: DatasetRef | null): RunEvidence['start'] {
  const from = readDocument<TrainSpec>(db, run, 'spec')?.from;
  if (from == null || from.kind !== 'run') return null;
  const row = statement(db, 'SELECT id FROM run WHERE uid = ?').get(from.run) as { id: number } | undefined;
  if (row === undefined) return null;
  const start = readSummaries(db, [row.id])[0]!;
  return {
    id: start.id,
    name: start.name,
    split: readDocument<SplitSummary>(db, row.id, 'split'),
    sameData: start.dataset !== null && start.dataset.hash === dataset?.hash,
  };
}
