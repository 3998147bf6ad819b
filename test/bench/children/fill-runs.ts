import { createHash } from 'node:crypto';
import { transaction, type WritableDb } from '../../../main/store/open.ts';
import { writeParams } from '../../../main/store/params.ts';
import { indexRun } from '../../../main/store/search.ts';
import { ensureStudy } from '../../../main/store/studies.ts';
import { writeTags } from '../../../main/store/tags.ts';

const batch = 1_000;

/** Adds finished runs with 10 params, 3 tags, 8 series and 7 estimates each, the same ones for the same number before. */
export function fillRuns(db: WritableDb, count: number): void {
  const before = db.prepare('SELECT count(*) FROM run').pluck().get() as number;
  for (let from = 0; from < count; from += batch) {
    transaction(db, () => {
      for (let i = from; i < Math.min(count, from + batch); i++) addRun(db, before + i);
    });
  }
}

function addRun(db: WritableDb, i: number): void {
  const study = ensureStudy(db, `Study ${i % 7}`);
  const recipe = i % 3 === 0 ? 'mlp' : 'logistic';
  const started = Date.now() - i * 60_000;
  const run = Number(
    db
      .prepare(
        `INSERT INTO run (uid, study_id, name, status, recipe, task, engine, seed, created_at, started_at, ended_at)
        VALUES (?, ?, ?, ?, ?, 'binary', 'cpu', ?, ?, ?, ?)`,
      )
      .run(
        createHash('sha256').update(String(i)).digest('hex').slice(0, 32),
        study,
        `${recipe}-${i}${i % 11 === 0 ? '-smoke' : ''}`,
        i % 17 === 0 ? 'failed' : 'finished',
        recipe,
        i % 5,
        started,
        started,
        started + 1_000 * (10 + (i % 600)),
      ).lastInsertRowid,
  );
  writeParams(db, run, {
    learning_rate: 10 ** -(1 + (i % 5)),
    optimizer: i % 2 === 0 ? 'adam' : 'sgd',
    epochs: 10 + (i % 90),
    dropout: (i % 10) / 20,
    hidden: '64,32',
    penalty: 'l2',
    strength: 1 / (1 + (i % 13)),
    'class-weights': i % 4 === 0,
    patience: 10,
    batch: 2 ** (4 + (i % 5)),
  });
  if (i % 4 !== 0) writeTags(db, run, { site: 'ABC'[i % 3]!, owner: `person ${i % 20}`, fold: String(i % 5) });
  const random = (k: number) => ((i * 2_654_435_761 + k * 40_503) % 100_003) / 100_003;
  const latest = db.prepare(
    'INSERT INTO latest (run_id, key, last, kind, min, max, step, time, count) VALUES (?, ?, ?, ?, ?, ?, 99, ?, 100)',
  );
  const series = [
    'train/loss',
    'validation/loss',
    'validation/auc',
    'train/auc',
    'system/cpu',
    'system/memory',
    'epoch/ms',
    'rate',
  ];
  series.forEach((key, k) => {
    const isNan = i % 97 === 0 && k === 0;
    latest.run(run, key, isNan ? null : random(k), isNan ? 1 : 0, random(k) / 2, 1, started);
  });
  const estimate = db.prepare(
    `INSERT INTO estimate (run_id, key, value, low, high, method, rows, subjects) VALUES (?, ?, ?, 0.5, 0.9, 'DeLong', 500, 500)`,
  );
  const part = i % 2 === 0 ? 'test' : 'oof';
  const keys = ['auc', 'average-precision', 'brier', 'sensitivity', 'specificity', 'f1', 'mcc'];
  if (i % 17 !== 0) {
    keys.forEach((key, k) => {
      estimate.run(run, `${part}/${key}`, 0.6 + 0.35 * random(20 + k));
    });
  }
  indexRun(db, run);
}
