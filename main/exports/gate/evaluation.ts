import type { PartEvaluation, PredictionColumns } from '../../../shared/model/evaluation.ts';
import type { ReleasedEvaluation } from '../../../shared/model/exportable-run.ts';
import type { Policy } from '../../../shared/model/policy.ts';
import type { RunEvidence } from '../evidence.ts';
import { gateBinary } from './binary.ts';
import type { HeldOut } from './held-out.ts';
import { gateMulticlass } from './multiclass.ts';
import { noteEvaluation } from './note-evaluation.ts';
import type { Notes } from './notes.ts';
import { gateRegression } from './regression.ts';

const parts = ['oof', 'test'] as const;

/** The evaluation on held-out persons as it may leave; null when the run has none. Never throws: what cannot be checked stays (X5). */
export function gateEvaluation(evidence: RunEvidence, policy: Policy, notes: Notes): ReleasedEvaluation | null {
  const { evaluation } = evidence;
  const part = parts
    .map((name) => evaluation?.parts.find((candidate) => candidate.part === name))
    .find((found) => found);
  if (evaluation === null || part === undefined) return null;
  const columns = evidence.predictions.find((candidate) => candidate.part === part.part);
  if (columns === undefined) {
    notes.refused('S10', 'metrics without the predictions behind them', Object.keys(part.estimates).length);
    return suppressedEvaluation(part, 'S10');
  }
  const personOf = personsOf(evidence, columns);
  if (personOf === null) {
    notes.refused(
      'S1',
      'every count, metric and curve: the dataset names no subject column, so persons cannot be counted; import it with --subject COLUMN, or with --subject-per-row when each row is another person',
      Object.keys(part.estimates).length,
    );
    return suppressedEvaluation(part, 'S1');
  }
  try {
    const held: HeldOut = { evaluation, part, columns, personOf, clustered: new Set(personOf).size < columns.rows };
    checkEvidence(held);
    const released = gateTask(held, policy);
    noteEvaluation(released, part, notes);
    return released;
  } catch {
    notes.refused(
      'X5',
      'the evaluation: its stored counts contradict its predictions',
      Object.keys(part.estimates).length,
    );
    return suppressedEvaluation(part, 'X5');
  }
}

/** With one declared person per row the row is the person; without a subject column nobody knows. */
function personsOf(evidence: RunEvidence, columns: PredictionColumns): Int32Array | null {
  if (evidence.dataset === null || evidence.dataset.subjectMode === 'none') return null;
  if (evidence.dataset.subjectMode === 'per-row') return Int32Array.from({ length: columns.rows }, (_, row) => row);
  return columns.subject;
}

function gateTask(held: HeldOut, policy: Policy): ReleasedEvaluation {
  if (held.columns.classes === 0) return gateRegression(held, policy);
  return held.columns.classes > 2 ? gateMulticlass(held, policy) : gateBinary(held, policy);
}

function checkEvidence(held: HeldOut): void {
  const { evaluation, part, columns, personOf } = held;
  const sound =
    columns.classes === evaluation.classes.length &&
    columns.rows === part.rows &&
    columns.truth.length === columns.rows &&
    columns.scores.every(Number.isFinite) &&
    columns.truth.every(Number.isFinite) &&
    personOf.length === columns.rows &&
    (columns.classes === 0 ? columns.scores.length === columns.rows : classesAreSound(held));
  if (!sound) throw new Error('the stored counts contradict the predictions');
}

function classesAreSound({ part, columns }: HeldOut): boolean {
  const total = part.confusion.flat().reduce((sum, count) => sum + count, 0);
  return (
    total === columns.rows &&
    columns.scores.every((score) => score >= 0 && score <= 1) &&
    columns.truth.every((label) => label < columns.classes) &&
    part.confusion.flat().every((count) => Number.isInteger(count) && count >= 0)
  );
}

function suppressedEvaluation(part: PartEvaluation, rule: 'S1' | 'S10' | 'X5'): ReleasedEvaluation {
  const suppressed = { suppressed: rule };
  return {
    part: part.part,
    unit: 'subjects',
    total: suppressed,
    classes: [],
    threshold: null,
    thresholdRule: null,
    metrics: [],
    confusion: suppressed,
    roc: suppressed,
    calibration: suppressed,
    histogram: suppressed,
    foldAuc: null,
  };
}
