import { createRun, finishRun, startRun } from '../../main/store/runs.ts';
import type { Vault } from '../../main/store/vault.ts';
import type { PredictionColumns } from '../../shared/model/evaluation.ts';
import type { ParamValue, RunDetail } from '../../shared/model/run.ts';
import { createRandom } from '../../shared/statistics/random.ts';
import { newRun, runResult } from '../store/new-run-fixture.ts';

/** A cohort whose outcome depends on `x` and `y`, with two rows per person when asked. */
export type Cohort = { truth: Float64Array; x: Float64Array; y: Float64Array; subject: Int32Array };

export function cohort(seed: number, persons: number, rowsPerPerson = 1): Cohort {
  const random = createRandom(seed);
  const rows = persons * rowsPerPerson;
  const made: Cohort = {
    truth: new Float64Array(rows),
    x: new Float64Array(rows),
    y: new Float64Array(rows),
    subject: Int32Array.from({ length: rows }, (_, i) => Math.floor(i / rowsPerPerson)),
  };
  for (let person = 0; person < persons; person++) {
    const own = random.normal();
    for (let k = 0; k < rowsPerPerson; k++) {
      const i = person * rowsPerPerson + k;
      made.x[i] = 0.6 * own + 0.8 * random.normal();
      made.y[i] = random.normal();
      made.truth[i] = random.uniform() < sigmoid(-0.8 + 1.1 * made.x[i]! + 1.1 * made.y[i]!) ? 1 : 0;
    }
  }
  return made;
}

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Out-of-fold predictions of a whole cohort. */
export function predictions(data: Cohort, scores: Float64Array, part: 'test' | 'oof' = 'oof'): PredictionColumns {
  return {
    part,
    rows: scores.length,
    classes: 2,
    row: Int32Array.from(scores.keys()),
    truth: data.truth,
    scores,
    subject: data.subject,
    fold: part === 'oof' ? Int16Array.from(scores, (_, i) => i % 5) : null,
  };
}

export type Planted = {
  name: string;
  predictions: PredictionColumns | null;
  recipe?: string;
  seed?: number;
  params?: Record<string, ParamValue>;
  features?: string[];
  target?: string;
  dataset?: { name: string; version: number };
  classes?: string[];
  task?: 'binary' | 'regression';
  split?: Partial<NonNullable<RunDetail['split']>>;
};

/** Puts two dataset versions of the same name and different content into the vault. */
export function plantDataset(vault: Vault): void {
  vault.db.prepare("INSERT INTO dataset (id, name, created_at) VALUES (1, 'cohort', 0)").run();
  const insert = vault.db.prepare(
    `INSERT INTO dataset_version (dataset_id, version, kind, hash, rows, subjects, subject_mode, blob, bytes, source_name, format,
      columns, warnings, created_at) VALUES (1, ?, 'table', ?, 500, 500, 'exact', ?, 1, 'cohort.csv', '{}', '[]', '[]', 0)`,
  );
  insert.run(1, 'a'.repeat(64), 'c'.repeat(64));
  insert.run(2, 'b'.repeat(64), 'd'.repeat(64));
}

/** A finished run with these held-out predictions, as the trainer would leave it; returns its id. */
export function plantRun(vault: Vault, planted: Planted): string {
  const { id } = createRun(
    vault.db,
    vault.writerId,
    newRun({
      name: planted.name,
      recipe: planted.recipe ?? 'logistic',
      task: planted.task ?? 'binary',
      seed: planted.seed ?? 1,
      target: planted.target ?? 'died',
      dataset: planted.dataset ?? { name: 'cohort', version: 1 },
      params: planted.params ?? { l2: 1 },
      documents: { features: planted.features ?? ['x', 'y'] },
    }),
  );
  startRun(vault.db, vault.writerId, id, {
    engine: 'cpu',
    engineReason: 'solved in double precision',
    device: 'CPU',
    documents: {
      split: {
        kind: 'folds',
        train: 0,
        validation: 0,
        test: 0,
        folds: 5,
        subjectsOverlap: 0,
        unit: 'subjects',
        hash: 'e'.repeat(64),
        ...planted.split,
      },
      environment: {
        appVersion: '0.1.0',
        commit: null,
        dirty: false,
        node: '24',
        os: 'Linux',
        cpu: 'CPU',
        cores: 2,
        memoryMiB: 4096,
        gpu: null,
        driver: null,
        packages: {},
      },
    },
  });
  const evaluation = {
    task: planted.task ?? 'binary',
    classes: planted.classes ?? (planted.task === 'regression' ? [] : ['0', '1']),
    threshold: planted.task === 'regression' ? null : 0.5,
    thresholdRule: 'test',
    parts: [],
    folds: null,
  };
  finishRun(vault.db, id, {
    status: 'finished',
    reason: null,
    result:
      planted.predictions === null
        ? null
        : runResult({ predictions: [planted.predictions], documents: { evaluation } }),
  });
  return id;
}
