import { AppError } from '../../../shared/errors.ts';
import type { Evaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import type { EvaluationOf } from '../../../shared/model/run.ts';
import type { RunResult } from '../../store/new-run.ts';
import { openTable } from '../../store/table/open-table.ts';
import { splitHash, TEST } from '../../store/table/split.ts';
import { evaluatePart, keyedEstimates } from '../evaluate-part.ts';
import { openModel } from '../kept-model/open-model.ts';
import type { FromTrainer, ToTrainer } from '../protocol.ts';
import type { Reporter } from '../reporter.ts';
import { fitDataset } from './fit-dataset.ts';

export type BeginEvaluation = Extract<ToTrainer, { type: 'evaluate' }>;

/** Applies a run's model, behind the preprocessing it was fitted with and at its threshold, to all rows of other data. */
export async function runEvaluation(
  begin: BeginEvaluation,
  reporter: Reporter,
  send: (message: FromTrainer) => void,
): Promise<RunResult> {
  const { vaultDir, version, applied, spec } = begin;
  const { fit, rows, y, subject } = fitDataset(vaultDir, applied, version);
  if (fit.refused.length > 0) throw new AppError('DATASET_UNFIT', fit.refused.join(' '));
  const model = await openModel(vaultDir, applied.run, {
    engine: begin.engine,
    cores: begin.cores,
    deterministic: spec.deterministic,
  });
  const { task, threshold } = model.head;
  const { classes } = begin;
  const persons = subject === null ? rows.length : new Set(subject).size;
  send({
    type: 'started',
    task,
    features: begin.features,
    classes,
    split: {
      kind: 'column',
      train: 0,
      validation: 0,
      test: persons,
      folds: null,
      subjectsOverlap: 0,
      unit: subject === null ? 'rows' : 'subjects',
      hash: splitHash(new Uint8Array(rows.length).fill(TEST)),
    },
  });
  for (const line of describeFit(fit)) reporter.log(line);
  const table = openTable(vaultDir, version);
  const scores = await model.predict({ vaultDir, version, read: (name) => table.column(name) }, rows);
  table.close();
  model.dispose();
  reporter.progress(0.6);
  await reporter.breathe();
  const predictions: PredictionColumns = {
    part: 'test',
    rows: rows.length,
    classes: classes.length,
    row: rows,
    truth: y,
    scores,
    subject,
    fold: null,
  };
  const parts = [evaluatePart(predictions, threshold, spec.seed)];
  const evaluation: Evaluation = { task, classes, threshold, thresholdRule: begin.thresholdRule, parts, folds: null };
  const about: EvaluationOf = { run: applied.run, ...fit };
  reporter.progress(1);
  return {
    estimates: keyedEstimates(parts),
    predictions: [predictions],
    documents: { evaluation, 'evaluation-of': about },
    artifacts: [],
    badges: [
      ...reporter.badges(),
      ...(fit.subjectsSeenInTraining === null ? (['seen-subjects-unknown'] as const) : []),
    ],
  };
}

/** What is worth knowing beside the result, in counts: a log quotes no cell. */
export function describeFit(fit: EvaluationOf | Omit<EvaluationOf, 'run'>): string[] {
  return [
    fit.subjectsSeenInTraining === null
      ? 'A dataset does not name its persons, so nobody can say whether the model has seen some of them.'
      : `${fit.subjectsSeenInTraining} of ${fit.subjects} subjects were seen in training; their ${fit.excludedRows} rows are left out.`,
    ...(fit.imagesSeenInTraining
      ? [`${fit.imagesSeenInTraining} more rows, whose images look the same as one seen in training, are left out.`]
      : []),
    ...fit.newCategories.map(
      ({ column, levels, rows }) =>
        `Note: ${column} has ${levels.length} new categories in ${rows} rows; they count as the reference level.`,
    ),
    ...fit.units.map(({ column, conversion }) =>
      conversion === null
        ? `Note: the numbers of ${column} lie elsewhere than in training.`
        : `Note: ${column} looks like another unit: ${conversion}.`,
    ),
  ];
}
