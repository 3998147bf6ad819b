import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSupervisor, type Supervisor } from '../../main/training/supervisor.ts';
import type { TrainSpec } from '../../shared/model/train-spec.ts';
import { cohortCsv, type TestVault, vaultWith, wish } from './cohort.ts';

let vault: TestVault;
let supervisor: Supervisor;
beforeAll(async () => {
  vault = await vaultWith(cohortCsv(260, 11), 'patient');
  supervisor = createSupervisor({ client: vault.client, vaultDir: vault.dir });
});
afterAll(async () => {
  await supervisor.close();
  await vault.client.close();
});

async function train(changes: Partial<TrainSpec>) {
  const { id } = await supervisor.start(wish(changes));
  await supervisor.wait(id);
  return vault.client.call('runs.show', { id });
}
const quick = { epochs: 12, hidden: '8' };

describe('one split', () => {
  test('leaves a run with everything that explains it', async () => {
    const run = await train({});
    expect(run).toMatchObject({
      status: 'finished',
      reason: null,
      task: 'binary',
      engine: 'cpu',
      engineReason: 'logistic runs on cpu only',
      seed: 1,
      target: 'outcome',
      features: ['age', 'pressure', 'sex', 'ward'],
      params: { l2: 1, missing_indicator: false },
      dataset: { name: 'cohort', version: 1 },
      progress: null,
    });
    expect(run.environment).toMatchObject({ node: process.versions.node, gpu: null, cores: expect.any(Number) });
    expect(run.split).toMatchObject({ kind: 'shares', unit: 'subjects', subjectsOverlap: 0, folds: null });
    expect(run.split!.train + run.split!.validation + run.split!.test).toBe(260);
    expect(run.seriesKeys).toEqual(['train/gradient-norm', 'train/loss']);
    expect(run.coefficients!.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['(intercept)', 'age', 'pressure']),
    );
    expect(run.estimates['test/auc']!.value).toBeGreaterThan(0.7);
    expect(run.estimates['test/auc']!.subjects).toBe(run.split!.test);
    expect(run.estimates['validation/auc']).toBeDefined();
  });

  test('keeps model and preprocessing in the vault, private, under their hashes', async () => {
    const run = await train({ recipe: 'mlp', params: quick, engine: 'cpu' });
    expect(run.artifacts.map(({ path }) => path).sort()).toEqual(['model.json', 'preprocessing.json', 'weights.bin']);
    for (const { path, bytes, sha256 } of run.artifacts) {
      const file = join(vault.dir, 'runs', run.id, 'artifacts', path);
      const content = readFileSync(file);
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  test('no person is in more than one part, and the threshold is chosen on validation', async () => {
    const { id } = await train({});
    const { evaluation, predictions } = await vault.client.call('runs.evaluation', { id });
    const part = (name: string) => predictions.find((one) => one.part === name)!;
    const [validation, held] = [part('validation'), part('test')];
    const seen = new Set(validation.subject);
    expect([...held.subject!].filter((subject) => seen.has(subject))).toEqual([]);
    expect(evaluation).toMatchObject({
      classes: ['no', 'yes'],
      thresholdRule: 'Youden index on validation',
      folds: null,
    });
    const counts = evaluation.parts[1]!.confusion.flat().reduce((a, b) => a + b, 0);
    expect(counts).toBe(held.rows);
  });

  test('with a sensitivity to reach the threshold is the highest that reaches it on validation, and the run says so', async () => {
    const { id, params } = await train({ params: { threshold: 'sensitivity', sensitivity_target: 0.9 } });
    const { evaluation, predictions } = await vault.client.call('runs.evaluation', { id });
    expect(evaluation.thresholdRule).toBe('sensitivity of at least 90 % on validation');
    expect(params).toMatchObject({ threshold: 'sensitivity', sensitivity_target: 0.9 });
    const { truth, scores } = predictions.find(({ part }) => part === 'validation')!;
    const positives = [...scores].filter((_, i) => truth[i] === 1);
    const reached = (threshold: number) => positives.filter((score) => score >= threshold).length / positives.length;
    expect(reached(evaluation.threshold!)).toBeGreaterThanOrEqual(0.9);
    const higher = Math.min(...positives.filter((score) => score > evaluation.threshold!));
    expect(reached(higher + 1e-12)).toBeLessThan(0.9);
  });

  test('without a validation part the threshold comes from the training side', async () => {
    const split = { kind: 'shares', train: 0.8, validation: 0, test: 0.2 } as const;
    const rule = async (run: { id: string }) =>
      (await vault.client.call('runs.evaluation', { id: run.id })).evaluation.thresholdRule;
    expect(await rule(await train({ split }))).toBe('Youden index on the training part');
    expect(await rule(await train({ split, recipe: 'mlp', params: quick }))).toBe(
      'Youden index on the subjects held out for early stopping',
    );
  });
});

describe('folds', () => {
  test('every row is predicted once, by a model that never saw its person', async () => {
    const run = await train({ split: { kind: 'folds', folds: 4 } });
    const { evaluation, predictions } = await vault.client.call('runs.evaluation', { id: run.id });
    const [oof] = predictions;
    expect(predictions).toHaveLength(1);
    expect([...oof!.row]).toEqual(Array.from({ length: oof!.rows }, (_, i) => i));
    const foldOf = new Map<number, number>();
    oof!.subject!.forEach((subject, i) => {
      expect(foldOf.get(subject) ?? oof!.fold![i]).toBe(oof!.fold![i]);
      foldOf.set(subject, oof!.fold![i]!);
    });
    expect(evaluation.folds!.map(({ fold }) => fold)).toEqual([1, 2, 3, 4]);
    expect(run.split).toMatchObject({ kind: 'folds', train: 260, validation: 0, test: 260, folds: 4 });
    expect(run.estimates['oof/auc']).toMatchObject({ method: expect.stringContaining('clustered'), subjects: 260 });
    expect(run.seriesKeys).toEqual(expect.arrayContaining(['train/loss', 'fold-1/train/loss', 'fold-4/train/loss']));
  });

  test('a class label that a model cannot know is not learnt: shuffled outcomes give an AUC near one half', async () => {
    const lines = cohortCsv(260, 12).trim().split('\n');
    const shuffled = lines.map((line, i) =>
      i === 0 ? line : line.replace(/(yes|no)$/, (i * 7919) % 13 < 6 ? 'yes' : 'no'),
    );
    const other = await vaultWith(`${shuffled.join('\n')}\n`, 'patient');
    const own = createSupervisor({ client: other.client, vaultDir: other.dir });
    const { id } = await own.start(wish({ split: { kind: 'folds', folds: 5 }, recipe: 'mlp', params: quick }));
    await own.wait(id);
    const { estimates } = await other.client.call('runs.show', { id });
    expect(estimates['oof/auc']!.low!).toBeLessThan(0.5);
    expect(estimates['oof/auc']!.high!).toBeGreaterThan(0.5);
    await own.close();
    await other.client.close();
  });
});

test('three classes: probabilities per class, no threshold, a 3 × 3 matrix', async () => {
  for (const recipe of ['logistic', 'mlp']) {
    const run = await train({ target: 'stage', recipe, params: recipe === 'mlp' ? quick : {} });
    expect(run).toMatchObject({ status: 'finished', task: 'multiclass' });
    const { evaluation, predictions } = await vault.client.call('runs.evaluation', { id: run.id });
    expect(evaluation).toMatchObject({ classes: ['high', 'low', 'middle'], threshold: null, thresholdRule: null });
    expect(evaluation.parts.at(-1)!.confusion.map((row) => row.length)).toEqual([3, 3, 3]);
    const { scores, rows } = predictions.at(-1)!;
    expect(scores).toHaveLength(rows * 3);
    for (let i = 0; i < rows; i++) expect(scores[3 * i]! + scores[3 * i + 1]! + scores[3 * i + 2]!).toBeCloseTo(1, 5);
    expect(run.estimates['test/auc']!.value).toBeGreaterThan(0.6);
  }
});

test('the same seed, engine and device give identical metrics; another seed does not', async () => {
  const wishes = { recipe: 'mlp', params: quick, engine: 'cpu' } as const;
  const one = await train(wishes);
  const two = await train(wishes);
  const other = await train({ ...wishes, seed: 2 });
  expect(two.estimates).toEqual(one.estimates);
  expect(two.metrics).toEqual(one.metrics);
  expect(other.estimates['test/brier']).not.toEqual(one.estimates['test/brier']);
  expect(one.badges).not.toContain('not-bit-reproducible');
});

test('the estimate says what a run would do, and finds the run that did it already', async () => {
  const spec = wish({ seed: 77, params: { l2: 3 } });
  const before = await vault.client.call('training.estimate', spec);
  expect(before).toMatchObject({
    task: 'binary',
    split: { unit: 'subjects' },
    features: ['age', 'pressure', 'sex', 'ward'],
    positives: { label: 'yes' },
    alreadyDone: null,
    folds: { proposed: 5, why: expect.stringContaining('260 subjects are few') },
  });
  const run = await train(spec);
  expect((await vault.client.call('training.estimate', spec)).alreadyDone).toBe(run.id);
  expect((await vault.client.call('training.estimate', { ...spec, seed: 78 })).alreadyDone).toBeNull();
  expect((await vault.client.call('training.estimate', { ...spec, params: { l2: 4 } })).alreadyDone).toBeNull();
});

describe('a wish that cannot be granted', () => {
  test.each([
    ['an unknown dataset', { dataset: { name: 'nobody', version: null } }, 'DATASET_NOT_FOUND'],
    ['an unknown recipe', { recipe: 'forest' }, 'RECIPE_NOT_FOUND'],
    ['a param out of range', { params: { l2: -1 } }, 'PARAM_INVALID'],
    ['an unknown target', { target: 'dead' }, 'COLUMN_NOT_FOUND'],
    ['the person as a feature', { features: ['patient', 'age'] }, 'FEATURES_INVALID'],
    ['the target as a feature', { features: ['outcome', 'age'] }, 'FEATURES_INVALID'],
    [
      'shares that do not add up',
      { split: { kind: 'shares', train: 0.5, validation: 0.1, test: 0.1 } },
      'SPLIT_INVALID',
    ],
    ['an engine the recipe has no code for', { engine: 'webgpu' }, 'ENGINE_UNAVAILABLE'],
    ['an engine that is not installed', { recipe: 'mlp', engine: 'tensorflow-gpu' }, 'ENGINE_UNAVAILABLE'],
  ] as [string, Partial<TrainSpec>, string][])(
    '%s is refused with its code, and no run is made',
    async (_, changes, code) => {
      const count = () => vault.vault.db.prepare('SELECT count(*) FROM run').pluck().get();
      const before = count();
      await expect(supervisor.start(wish(changes))).rejects.toMatchObject({ code });
      expect(count()).toBe(before);
    },
  );
});

test('a table without a subject column: rows are split, persons are unknown, and a badge says so', async () => {
  const other = await vaultWith(cohortCsv(150, 13), null);
  const own = createSupervisor({ client: other.client, vaultDir: other.dir });
  const { id } = await own.start(wish({}));
  await own.wait(id);
  const run = await other.client.call('runs.show', { id });
  expect(run.badges).toContain('no-subject-column');
  expect(run.split!.unit).toBe('rows');
  expect(run.estimates['test/auc']).toMatchObject({
    subjects: null,
    method: expect.stringContaining('assumes one row per subject'),
  });
  await own.close();
  await other.client.close();
});
