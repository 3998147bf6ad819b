import type { Comparison, Difference } from '../../shared/contract/runs.ts';
import type { RunDetail } from '../../shared/model/run.ts';
import { featureChanges } from './feature-changes.ts';
import { type Group, recordedValues } from './recorded-values.ts';

export type WhatDiffers = Pick<Comparison, 'differs' | 'hidden' | 'compared'>;

/** Recorded values that are not the same for all runs, by group; `compared` counts all keys that were looked at. */
export function whatDiffers(runs: RunDetail[]): WhatDiffers {
  const recorded = runs.map(recordedValues);
  let compared = 1;
  const differing = (group: Group): Difference[] => {
    const keys = [...new Set(recorded.flatMap((values) => [...values[group].keys()]))];
    compared += keys.length;
    return keys
      .map((key) => ({ key, values: recorded.map((values) => values[group].get(key) ?? null) }))
      .filter(({ values }) => values.some((value) => value !== values[0]));
  };
  const features = featureChanges(runs.map((run) => run.features));
  const differs = {
    params: differing('params'),
    data: [...differing('data'), ...(features === null ? [] : [features])],
    code: differing('code'),
    environment: differing('environment'),
    hardware: differing('hardware'),
  };
  const hidden = differing('hidden');
  return { differs, hidden, compared };
}
