import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonOf, whas500 } from './wardbook.ts';

export type Trained = {
  id: string;
  status: string;
  metrics: Record<string, { value: number; low: number; high: number; method: string; subjects: number }>;
  split: { hash: string; train: number; test: number; subjectsOverlap: number };
};
type Reference = { l2: number; auc: number; probabilities: number[] };

export const importWhas500 = (vault: string) =>
  jsonOf(vault, 'dataset', 'import', whas500, '--name', 'whas500', '--subject', 'patient_id');

/** A run on WHAS500 without the outcome columns, with whatever else is asked for. */
export const trainWhas500 = (vault: string, recipe: string, ...options: string[]): Promise<Trained> => {
  const asked = ['--dataset', 'whas500', '--target', 'fstat', '--drop', 'lenfol,los,patient_id'];
  return jsonOf<Trained>(vault, 'train', recipe, ...asked, ...options);
};

/**
 * Trains on the rows of the reference (tools/training-references.py: every fifth patient is tested) with its scaling and penalty.
 * Gives the largest difference of a probability, both AUCs, and whom the run tested.
 */
export async function againstScikitLearn(vault: string, folder: string) {
  const fixture = new URL('../training/fixtures/logistic-whas500.json', import.meta.url);
  const reference = JSON.parse(readFileSync(fixture, 'utf8')) as Reference;
  const lines = readFileSync(whas500, 'utf8').trim().split(/\r?\n/);
  const parted = lines.map((line, i) => `${line},${i === 0 ? 'part' : i % 5 === 0 ? 'test' : 'train'}`);
  const path = join(folder, 'parted.csv');
  writeFileSync(path, `${parted.join('\n')}\n`);
  await jsonOf(vault, 'dataset', 'import', path, '--name', 'parted', '--subject', 'patient_id');
  const asked = ['--dataset', 'parted', '--target', 'fstat', '--drop', 'lenfol,los,patient_id'];
  const same = ['--split-column', 'part', '--set', `l2=${reference.l2}`];
  const { id, metrics } = await jsonOf<Trained>(vault, 'train', 'logistic', ...asked, ...same);
  type Row = { subject: string; split: string; score: number };
  const { rows } = await jsonOf<{ rows: Row[] }>(vault, 'predictions', id);
  const tested = rows.filter(({ split }) => split === 'test');
  return {
    worstProbability: Math.max(...reference.probabilities.map((p, i) => Math.abs(p - tested[i]!.score))),
    auc: metrics.auc!.value,
    referenceAuc: reference.auc,
    tested: tested.map(({ subject }) => subject),
    wanted: lines.flatMap((line, i) => (i > 0 && i % 5 === 0 ? [line.split(',')[0]!] : [])),
  };
}

/** One run with five folds for each of the seeds 1 to 5, two at a time. */
export async function overFiveSeeds(vault: string, recipe: string): Promise<Trained[]> {
  const trained: Trained[] = [];
  const waiting = [1, 2, 3, 4, 5];
  const lane = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift())
      trained[seed - 1] = await trainWhas500(vault, recipe, '--folds', '5', '--seed', String(seed));
  };
  await Promise.all([lane(), lane()]);
  return trained;
}

export const meanAuc = (runs: Trained[]): number =>
  runs.reduce((sum, { metrics }) => sum + metrics.auc!.value, 0) / runs.length;
