import type { RerunVerdict, RunDetail } from '../../../shared/model/run.ts';
import type { TrainWish } from '../../../shared/model/train-spec.ts';

type Difference = RerunVerdict['differences'][number];

/** One of two runs as its record has it; what an older version did not record is null. */
export type Recorded = { detail: RunDetail; spec: TrainWish | null; recipeVersion: string | null };

/** Whether the stored bytes of the dataset are still those that were imported. */
export type DataCheck = { valid: boolean; reason: string };

/** All that differs between the records of two runs, in the order in which causes are looked for. */
export function recordedDifferences(before: Recorded, now: Recorded, data: DataCheck): Difference[] {
  const found: Difference[] = [];
  const compare = (cause: Difference['cause'], what: string, a: unknown, b: unknown): void => {
    // What a record does not say is no difference.
    if (a === undefined || b === undefined || a === null || b === null) return;
    const [x, y] = [textOf(a), textOf(b)];
    if (x !== y) found.push({ cause, what, before: x, now: y });
  };
  compare('data', 'dataset', before.detail.dataset?.hash, now.detail.dataset?.hash);
  if (!data.valid) found.push({ cause: 'data', what: 'stored data', before: 'as imported', now: data.reason });
  const [was, is] = [before.detail.environment, now.detail.environment];
  compare('code', 'Wardbook', was?.appVersion, is?.appVersion);
  compare('code', 'commit', was?.commit, is?.commit);
  compare('code', 'uncommitted changes', was?.dirty, is?.dirty);
  compare('code', 'recipe version', before.recipeVersion, now.recipeVersion);
  compare('params', 'recipe', before.detail.recipe, now.detail.recipe);
  for (const key of keysOf(before.detail.params, now.detail.params)) {
    compare('params', key, before.detail.params[key] ?? 'not set', now.detail.params[key] ?? 'not set');
  }
  compare('params', 'target', before.detail.target, now.detail.target);
  compare('params', 'features', before.detail.features.toSorted(), now.detail.features.toSorted());
  compare('params', 'split', before.spec?.split, now.spec?.split);
  compare('packages', 'Node', was?.node, is?.node);
  for (const name of keysOf(was?.packages, is?.packages)) {
    compare('packages', name, was?.packages[name] ?? 'not used', is?.packages[name] ?? 'not used');
  }
  compare('seed', 'seed', before.detail.seed, now.detail.seed);
  compare('device', 'engine', before.detail.engine, now.detail.engine);
  compare('device', 'device', before.detail.device, now.detail.device);
  for (const part of ['gpu', 'driver', 'cpu', 'cores', 'os'] as const) compare('device', part, was?.[part], is?.[part]);
  return found;
}

const keysOf = (a: object | undefined, b: object | undefined): string[] =>
  a === undefined || b === undefined ? [] : [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

/** Objects with their keys in order, so that how a record was written plays no part. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return JSON.stringify(Array.isArray(value) ? value : Object.fromEntries(Object.entries(value).sort()));
}
