import type { RunEvidence } from '../../main/exports/evidence.ts';
import type { DatasetVersion } from '../../shared/model/dataset.ts';
import type { Evaluation, PredictionColumns } from '../../shared/model/evaluation.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { confusionAt, confusionTable } from '../../shared/statistics/confusion.ts';
import { estimateAll } from '../../shared/statistics/estimate-all.ts';
import { seededRandom } from '../store/vault-fixture.ts';

export type Person = { truth: 0 | 1; score: number };

/** Persons of two overlapping classes; seeded. `lift` parts the classes: about 1 gives an AUC of 0.76. */
export function cohort(positives: number, negatives: number, lift = 1, seed = 1): Person[] {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const score = (truth: 0 | 1): number => 1 / (1 + Math.exp(-(normal() + lift * (truth - 0.5))));
  const persons: Person[] = [];
  for (let i = 0; i < positives + negatives; i++) {
    const truth = i < positives ? 1 : 0;
    persons.push({ truth, score: score(truth) });
  }
  return persons;
}

/** Persons whose confusion matrix at 0.5 is exactly this. */
export function cohortOf(tp: number, fn: number, fp: number, tn: number): Person[] {
  const part = (count: number, truth: 0 | 1, low: number): Person[] =>
    Array.from({ length: count }, (_, i) => ({ truth, score: low + (0.4 * (i + 1)) / (count + 1) }));
  return [...part(tp, 1, 0.55), ...part(fn, 1, 0.05), ...part(fp, 0, 0.52), ...part(tn, 0, 0.02)];
}

export const dataset: DatasetVersion = {
  name: 'cohort',
  version: 2,
  kind: 'table',
  images: null,
  skipped: [],
  hash: 'ab'.repeat(32),
  rows: 500,
  subjects: 500,
  subjectColumn: 'patient_id',
  subjectMode: 'grouped',
  siteColumn: null,
  columns: [],
  warnings: [],
  format: { delimiter: ',', encoding: 'UTF-8', decimal: '.', bytes: 1000 },
  sourceName: 'cohort.csv',
  createdAt: Date.UTC(2026, 10, 21),
};

const detail: RunDetail = {
  id: '1'.repeat(32),
  name: 'first try',
  study: 'Default',
  status: 'finished',
  reason: null,
  recipe: 'logistic',
  task: 'binary',
  engine: 'cpu',
  device: 'Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz',
  seed: 7,
  dataset: { name: 'cohort', version: 2, hash: 'ab'.repeat(32) },
  createdAt: Date.UTC(2026, 10, 21, 9),
  startedAt: Date.UTC(2026, 10, 21, 9, 1),
  endedAt: Date.UTC(2026, 10, 21, 9, 4),
  note: '',
  parent: null,
  origin: null,
  resumed: false,
  binnedAt: null,
  badges: [],
  progress: null,
  params: { l2: 1, missing_indicator: false },
  tags: {},
  metrics: {},
  estimates: {},
  registered: [],
  target: 'died',
  features: ['age', 'sex'],
  split: {
    kind: 'folds',
    train: 0,
    validation: 0,
    test: 0,
    folds: 5,
    subjectsOverlap: 0,
    unit: 'subjects',
    hash: 'cd'.repeat(32),
  },
  environment: {
    appVersion: '0.1.0',
    commit: 'a41c9e2'.padEnd(40, '0'),
    dirty: false,
    node: 'v24.21.0',
    os: 'Linux 6.1.0',
    cpu: 'Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz',
    cores: 16,
    memoryMiB: 65_536,
    gpu: 'NVIDIA RTX A4000',
    driver: '550.54.14',
    packages: { 'better-sqlite3': '13.2.0', 'private-thing': '1.0.0' },
  },
  seriesKeys: [],
  loggedOnce: [],
  artifacts: [],
  loggedModels: [],
  inputs: [],
  coefficients: null,
  importance: null,
  engineReason: null,
  resumable: { can: false, why: 'It has finished.' },
  checkpoint: null,
  resumes: [],
  evaluationOf: null,
  rerun: null,
  command: null,
  codeSnapshot: null,
  commandEnvironment: null,
};

export type Options = {
  threshold?: number;
  folds?: number;
  seed?: number;
  part?: 'oof' | 'test';
  rowsPerPerson?: number;
};

/** What the store would hold about a finished binary run on these persons. */
export function evidenceOf(persons: Person[], options: Options = {}): RunEvidence {
  const threshold = options.threshold ?? 0.5;
  const perPerson = options.rowsPerPerson ?? 1;
  const rows = persons.length;
  const truth = Float64Array.from(persons, (person) => person.truth);
  const scores = Float64Array.from(persons, (person) => person.score);
  const subject = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / perPerson));
  const part = options.part ?? 'oof';
  const fold = part === 'oof' ? Int16Array.from({ length: rows }, (_, row) => row % (options.folds ?? 5)) : null;
  const estimates = estimateAll({ truth, scores, classes: 2, subject, threshold, seed: options.seed ?? 1 });
  const positives = truth.reduce((sum, label) => sum + label, 0);
  const subjects = Math.ceil(rows / perPerson);
  const evaluation: Evaluation = {
    task: 'binary',
    classes: ['0', '1'],
    threshold,
    thresholdRule: 'Youden index on validation',
    parts: [
      {
        part,
        rows,
        subjects,
        classRows: [rows - positives, positives],
        estimates,
        confusion: confusionTable(confusionAt(truth, scores, threshold)),
      },
    ],
    folds: null,
  };
  const row = Int32Array.from({ length: rows }, (_, i) => i);
  const predictions: PredictionColumns[] = [{ part, rows, classes: 2, row, truth, scores, subject, fold }];
  return { detail, evaluation, predictions, dataset: { ...dataset, rows, subjects }, logged: true };
}
